import { useNewRelease } from '../offline/register.ts';
import { useText } from '../text.ts';
import * as text from './text.ts';

/** Says once and calmly that the pages were renewed. Nobody is interrupted: forms keep what is typed over a reload. */
export function NewRelease() {
  const t = useText(text);
  if (!useNewRelease()) return null;
  return (
    <div className="new-release" role="status">
      {t.newRelease}
      <button type="button" onClick={() => location.reload()}>
        {t.reload}
      </button>
    </div>
  );
}
