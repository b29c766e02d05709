import type { ReactNode } from 'react';
import { Blocks } from '../blocks/blocks.js';
import type { Names } from '../names.js';
import type { View } from '../sandbox-state.js';
import type { Perform } from '../use-sandbox.js';

interface HomeProps {
  view: View | undefined;
  names: Names;
  act: Perform;
}

export function HomePane({ view, names, act }: HomeProps): ReactNode {
  if (view === undefined) return <div className="hints">This app has published no Home tab.</div>;
  return (
    <div className="home">
      <Blocks
        blocks={view.blocks}
        names={names}
        press={(click) => void act({ act: 'click', viewId: view.id, ...click })}
      />
    </div>
  );
}
