import { urlOf } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import type { FilingContent } from '../content.ts';
import { type Filing, filings } from '../contract.ts';
import { periodName } from '../period.ts';
import * as offline from './offline-text.ts';

/** What the weeks of the month said: a text is used with one touch, and so is a photo, which then serves both. */
export function WeekNotes({
  filing,
  content,
  onChange,
}: {
  filing: Filing;
  content: FilingContent;
  onChange: (part: Partial<FilingContent>) => void;
}) {
  const o = useText(offline);
  const words = useWords();
  const photos = filing.weekPhotos.filter((photo) => !content.photos.some((p) => p.fileId === photo.fileId));
  const idOf = (period: string) => filing.weeks.find((week) => week.period === period)?.id ?? filing.id;
  if (filing.weeks.length === 0 && photos.length === 0) return null;
  return (
    <details className="ff-weeks">
      <summary>
        {o.weeks.title} <small>{filing.weeks.length}</small>
      </summary>
      {filing.weeks.map((week) => (
        <div key={week.period}>
          <small>{words(periodName(week.period))}</small>
          <p>{week.content.imageProgress || o.weeks.none}</p>
          {week.content.imageProgress !== '' && week.content.imageProgress !== content.imageProgress && (
            <button type="button" onClick={() => onChange({ imageProgress: week.content.imageProgress })}>
              {o.weeks.use}
            </button>
          )}
        </div>
      ))}
      {photos.length > 0 && (
        <>
          <p className="soft">{o.weeks.photos}</p>
          <div className="ff-shots">
            {photos.map(({ period, uses, ...photo }) => (
              <button
                key={photo.fileId}
                type="button"
                className="ff-weekshot"
                onClick={() => onChange({ photos: [...content.photos, photo] })}
              >
                <img
                  src={urlOf(filings, 'photo', { id: idOf(period), fileId: photo.fileId, size: '160' })}
                  alt={photo.name}
                  loading="lazy"
                />
                <small>{o.weeks.usedIn(uses)}</small>
              </button>
            ))}
          </div>
        </>
      )}
    </details>
  );
}
