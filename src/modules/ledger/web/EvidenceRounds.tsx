import { useText, useWords } from '#core/web/text.ts';
import { isPhoto } from '../evidence.ts';
import { isEnded } from '../flow.ts';
import type { Evidence, MatterView } from '../shapes.ts';
import { EvidenceShot } from './EvidenceShot.tsx';
import { roundOf } from './matter-show.ts';
import * as text from './matter-text.ts';

/** All evidence, the newest round first: what was brought before a return stays to be seen and closes nothing any more. */
export function EvidenceRounds({ matter }: { matter: MatterView }) {
  const t = useText(text).evidence;
  const words = useWords();
  const now = roundOf(matter);
  const rounds = [...Map.groupBy(matter.evidence, (one) => one.round)].sort(([a], [b]) => b - a);
  return (
    <section id="evidence">
      <h2 className="h2">
        {t.title} {matter.evidence.length > 0 && <small>{t.count(matter.evidence.length)}</small>}
      </h2>
      {!isEnded(matter.state) && matter.state !== 'draft' && (
        <p className={matter.evidenceMissing ? 'mt-needs' : 'mt-needs enough'}>
          {matter.evidenceMissing ? `${t.needs}${words(matter.evidenceMissing)}` : t.enough}
        </p>
      )}
      {rounds.length === 0 && isEnded(matter.state) && <p className="muted">{t.none}</p>}
      {rounds.map(([round, list]) => (
        <div key={round} className="mt-round">
          {(now > 1 || rounds.length > 1) && (
            <h3>
              {t.round(round)} {round < now && <span className="late">{t.returned}</span>}
            </h3>
          )}
          <EvidenceGrid matterId={matter.id} list={list} />
        </div>
      ))}
    </section>
  );
}

export function EvidenceGrid({
  matterId,
  list,
  isSmall = false,
}: {
  matterId: string;
  list: readonly Evidence[];
  isSmall?: boolean;
}) {
  const photos = list.filter((one) => isPhoto(one.kind));
  const papers = list.filter((one) => !isPhoto(one.kind));
  return (
    <>
      {photos.length > 0 && (
        <div className={isSmall ? 'mt-shots small' : 'mt-shots'}>
          {photos.map((one) => (
            <EvidenceShot key={one.id} matterId={matterId} evidence={one} isSmall={isSmall} />
          ))}
        </div>
      )}
      {papers.map((one) => (
        <EvidenceShot key={one.id} matterId={matterId} evidence={one} isSmall={isSmall} />
      ))}
    </>
  );
}
