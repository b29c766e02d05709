import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

const nearPx = 60;

/** Keeps a scrolling box at its end while its reader is there; `place` starts anew at the end. */
export function useBottom(place: string): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  const reading = useRef({ place: '', atEnd: true });

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const note = () => {
      reading.current.atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx;
    };
    element.addEventListener('scroll', note, { passive: true });
    return () => element.removeEventListener('scroll', note);
  }, []);

  // After every drawing, since an edited message grows too; before a scroll event can tell of the growth.
  useLayoutEffect(() => {
    if (reading.current.place !== place) reading.current = { place, atEnd: true };
    const element = box.current;
    if (element && reading.current.atEnd) element.scrollTop = element.scrollHeight;
  });

  return box;
}
