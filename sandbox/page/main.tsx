import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { SandboxPage } from './sandbox-page.js';
import './page.css';
// After all it overrides.
import './narrow.css';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <SandboxPage />
    </StrictMode>,
  );
}
