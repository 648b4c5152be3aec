import { type RefObject, useEffect, useState, useSyncExternalStore } from 'react';

const query = '(max-width: 760px)';

/** True on a phone: there a schedule is read, not drafted. */
export const useNarrow = (): boolean =>
  useSyncExternalStore(
    (tell) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', tell);
      return () => media.removeEventListener('change', tell);
    },
    () => window.matchMedia(query).matches,
  );

/** The width of a place in pixels, watched; `otherwise` until it is known. */
export function useWidth(place: RefObject<HTMLElement | null>, otherwise: number): number {
  const [width, setWidth] = useState(otherwise);
  useEffect(() => {
    const node = place.current;
    if (!node) return;
    const read = () => setWidth(node.clientWidth || otherwise);
    read();
    const observer = new ResizeObserver(read);
    observer.observe(node);
    return () => observer.disconnect();
  }, [place, otherwise]);
  return width;
}
