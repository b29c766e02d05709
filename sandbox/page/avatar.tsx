import type { ReactNode } from 'react';

const colours = ['#2d7fb8', '#7c3085', '#b8561b', '#3b7d4f', '#8a3b52', '#5a5f73'];

interface AvatarProps {
  id: string;
  name: string;
  isApp?: boolean;
  size?: number;
}

export function Avatar({ id, name, isApp = false, size = 36 }: AvatarProps): ReactNode {
  const sum = [...id].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  const style = {
    width: size,
    height: size,
    fontSize: size * 0.45,
    background: isApp ? '#1d1c1d' : (colours[sum % colours.length] ?? '#555'),
  };
  return (
    <div className={`avatar ${isApp ? 'app' : ''}`} style={style} aria-hidden="true">
      {isApp ? <AppIcon /> : name.slice(0, 1).toUpperCase()}
    </div>
  );
}

/** Three nodes and the net between them. */
function AppIcon(): ReactNode {
  return (
    <svg viewBox="0 0 24 24" width="68%" height="68%" role="presentation">
      <path d="M6 17 12 6l6 11z" fill="none" stroke="#36c5f0" strokeWidth="1.8" />
      <circle cx="12" cy="6" r="3" fill="#2eb67d" />
      <circle cx="6" cy="17" r="3" fill="#ecb22e" />
      <circle cx="18" cy="17" r="3" fill="#e01e5a" />
    </svg>
  );
}
