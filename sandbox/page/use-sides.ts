import { useState } from 'react';

/** What can be shown beside the conversation. */
export type Side = 'cluster' | 'cloud';

export interface Sides {
  shown: Side[];
  toggle: (side: Side) => void;
  clear: () => void;
}

/** Narrower, a side covers the conversation; narrow.css says the same. */
const NARROW = 900;
/** Narrower, there is room for one side. */
const ROOM_FOR_BOTH = 1600;

export function useSides(): Sides {
  const [shown, show] = useState<Side[]>(atFirst);
  return {
    shown,
    toggle: (side) => {
      const others = innerWidth < ROOM_FOR_BOTH ? [] : shown.filter((other) => other !== side);
      show(shown.includes(side) ? shown.filter((other) => other !== side) : [...others, side]);
    },
    clear: () => show([]),
  };
}

function atFirst(): Side[] {
  if (innerWidth < NARROW) return [];
  return innerWidth < ROOM_FOR_BOTH ? ['cluster'] : ['cluster', 'cloud'];
}
