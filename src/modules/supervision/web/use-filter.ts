import { useSearchParams } from 'react-router';
import { type SheetColour, sheetColours } from '../rule-sets.ts';

/** The filter of a list stands in its address: a reload and a link show the same. */
export function useFilter() {
  const [params, setParams] = useSearchParams();
  const set = (key: string, value: string | undefined) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(key, value);
        else next.delete(key);
        return next;
      },
      { replace: true },
    );
  const colour: SheetColour | undefined = sheetColours.find((c) => c === params.get('colour'));
  return {
    colour,
    state: params.get('state') ?? undefined,
    unitId: params.get('unit') ?? undefined,
    q: params.get('q') ?? '',
    set,
  };
}
