import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { SandboxPage } from './sandbox-page.js';
import './styles/page.css';
// After all it overrides.
import './styles/narrow.css';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <SandboxPage />
    </StrictMode>,
  );
}
