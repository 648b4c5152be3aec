import { useText } from '#core/web/text.ts';
import type { Month } from '../contract.ts';
import { shortMoment } from './moments.ts';
import * as text from './text.ts';

/** Whoever is on at this moment, with the number to call. */
export function OnNow({ data }: { data: Month }) {
  const t = useText(text);
  return (
    <section className="card duties-now">
      <h2>
        {t.now} <small>{data.unit?.name}</small>
      </h2>
      <ul>
        {(['leader', 'officer', 'deputy'] as const).map((post) => {
          const turn = data.onNow.find((one) => one.post === post);
          if (!turn && post === 'deputy') return null;
          return (
            <li key={post}>
              <span className="soft">{t.posts[post]}</span>
              {turn ? (
                <>
                  <b>{turn.name}</b>
                  {turn.phone ? (
                    <a className="duties-call" href={`tel:${turn.phone}`} aria-label={t.phoneOf(turn.name)}>
                      {turn.phone}
                    </a>
                  ) : (
                    <span className="muted">{t.noPhone}</span>
                  )}
                  <small className="muted">{t.until(shortMoment(turn.to, data.madeAt))}</small>
                </>
              ) : (
                <b className="late">■ {t.nobody}</b>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
