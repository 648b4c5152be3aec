import { useEffect, useState } from 'react';
import { newId } from '#core/shared/id.ts';
import { urlOf } from '#core/web/client.ts';
import { shrink } from '#core/web/shrink-picture.ts';
import { useText } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import type { FilingPhoto } from '../content.ts';
import { filings } from '../contract.ts';
import { findHeldPhoto, type HeldPhoto, holdPhoto } from './held-photos.ts';
import * as offline from './offline-text.ts';
import { placeNow, takenAt } from './picture.ts';
import { shortMoment } from './show.ts';
import * as text from './text.ts';

/** Photos of a filing: those the server has, those that wait on this device, and the button for one more. */
export function PhotoStrip({
  filingId,
  photos,
  held,
  onAdd,
  onRemove,
  onRemoveHeld,
}: {
  filingId: string;
  photos: readonly FilingPhoto[];
  held: readonly HeldPhoto[];
  onAdd: (photo: HeldPhoto) => void;
  onRemove: (fileId: string) => void;
  onRemoveHeld: (key: string) => void;
}) {
  const t = useText(text);
  const [failed, setFailed] = useState(false);
  const take = async (files: readonly File[]) => {
    setFailed(false);
    for (const file of files) {
      try {
        const key = newId();
        // Before shrinking, which leaves the camera's own words behind.
        const when = await takenAt(file);
        await holdPhoto(key, await shrink(file));
        onAdd({ key, name: file.name, takenAt: when, ...(await placeNow(file)) });
      } catch {
        setFailed(true);
      }
    }
  };
  return (
    <div className="ff-shots">
      {photos.map((photo) => (
        <Shot
          key={photo.fileId}
          photo={photo}
          url={urlOf(filings, 'photo', { id: filingId, fileId: photo.fileId, size: '160' })}
          note={t.form[photo.lat === null ? 'notLocated' : 'located']}
          onRemove={() => onRemove(photo.fileId)}
        />
      ))}
      {held.map((photo) => (
        <HeldShot key={photo.key} photo={photo} onRemove={() => onRemoveHeld(photo.key)} />
      ))}
      <label className="ff-add">
        <input
          className="only-aloud"
          type="file"
          accept="image/jpeg,image/png,image/webp"
          multiple
          onChange={(event) => {
            void take([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
        {t.form.photoAdd}
      </label>
      {failed && (
        <p className="ff-refusal" role="alert">
          {t.form.photoFailed}
        </p>
      )}
    </div>
  );
}

function Shot({
  photo,
  url,
  note,
  onRemove,
}: {
  photo: Omit<FilingPhoto, 'fileId'>;
  url: string;
  note: string;
  onRemove: () => void;
}) {
  const t = useText(text);
  const o = useText(offline);
  const when = photo.takenAt === null ? '' : shortMoment(moment(photo.takenAt));
  const [isMissing, setMissing] = useState(false);
  return (
    <figure>
      {isMissing ? (
        <span className="ff-nophoto">{o.noPhoto}</span>
      ) : (
        <img src={url} alt={photo.name} loading="lazy" onError={() => setMissing(true)} />
      )}
      <figcaption>
        {when} {note}
      </figcaption>
      <button type="button" aria-label={t.form.photoRemove(photo.name)} onClick={onRemove}>
        ×
      </button>
    </figure>
  );
}

function HeldShot({ photo, onRemove }: { photo: HeldPhoto; onRemove: () => void }) {
  const t = useText(text);
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    void findHeldPhoto(photo.key).then((bytes) => {
      if (!bytes) return;
      made = URL.createObjectURL(bytes);
      setUrl(made);
    });
    return () => {
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [photo.key]);
  return url === null ? null : <Shot photo={photo} url={url} note={t.form.photoHeld} onRemove={onRemove} />;
}
