import { urlOf } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import type { FilingPhoto } from '../content.ts';
import { type Filing, filings } from '../contract.ts';
import { firstDayOf } from '../period.ts';
import { shortMoment } from './show.ts';
import * as text from './text.ts';

/** Evidence: each photo with when and whether it was located; one older than the month says so. */
export function PhotoRow({
  filing,
  photos,
}: {
  filing: Pick<Filing, 'id' | 'period'>;
  photos: readonly FilingPhoto[];
}) {
  const t = useText(text);
  if (photos.length === 0) return null;
  return (
    <div className="fr-photos">
      {photos.map((photo) => {
        const when = photo.takenAt === null ? null : moment(photo.takenAt);
        const isOld = when !== null && when.slice(0, 10) < firstDayOf(filing.period);
        const url = (size: '480' | '1600') => urlOf(filings, 'photo', { id: filing.id, fileId: photo.fileId, size });
        return (
          <figure key={photo.fileId}>
            <a href={url('1600')} target="_blank" rel="noreferrer">
              <img src={url('480')} alt={photo.name} loading="lazy" />
            </a>
            <figcaption>
              {when && <span className={isOld ? 'warn' : undefined}>{shortMoment(when)}</span>}
              <br />
              <span className={isOld ? 'warn' : 'soft'}>
                {isOld ? t.review.oldPhoto : photo.lat === null ? t.form.notLocated : t.form.located}
              </span>
            </figcaption>
          </figure>
        );
      })}
    </div>
  );
}
