import { Button, Input, InputNumber, Select } from 'antd';
import { type ChangeEvent, useEffect, useEffectEvent, useId, useState } from 'react';
import { newId } from '#core/shared/id.ts';
import { useText, useWords } from '#core/web/text.ts';
import { percent } from '#core/web/ui/format.ts';
import { sentenceOf } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { type EvidenceKind, evidenceWords, isFileKind, isPhoto } from '../evidence.ts';
import type { EvidenceInput } from '../shapes.ts';
import * as text from './act-text.ts';
import type { OfferedKinds } from './evidence-kinds.ts';
import { useUploads } from './use-uploads.ts';

/** One piece of evidence while it is put together; what has a file is already on the server and is kept with the draft. */
export interface Piece {
  key: string;
  kind: EvidenceKind;
  fileId?: string;
  name: string;
  words?: string;
  amount?: number | undefined;
}

export const inputOf = (pieces: readonly Piece[]): EvidenceInput[] =>
  pieces.map(({ kind, fileId, words, amount }) => ({
    kind,
    ...(fileId && { fileId }),
    ...(words?.trim() && { words: words.trim() }),
    ...(amount !== undefined && { amount }),
  }));

/**
 * Photos, documents, figures and statements of a report or a claim. Each kind of photo has its own button, so that nobody
 * has to sort afterwards. A phone gets the camera first.
 */
export function EvidencePicker({
  kinds,
  pieces,
  onChange,
  onBusy,
}: {
  kinds: OfferedKinds;
  pieces: readonly Piece[];
  onChange: (change: (now: readonly Piece[]) => readonly Piece[]) => void;
  /** How many files are still on their way. */
  onBusy?: (count: number) => void;
}) {
  const t = useText(text).evidence;
  const words = useWords();
  const [previews, setPreviews] = useState<ReadonlyMap<string, string>>(new Map());
  const { uploads, add, again, drop } = useUploads<EvidenceKind>((kind, file, preview) => {
    if (preview) setPreviews((now) => new Map(now).set(file.id, preview));
    onChange((now) =>
      now.some((piece) => piece.fileId === file.id && piece.kind === kind)
        ? now
        : [...now, { key: newId(), kind, fileId: file.id, name: file.name }],
    );
  });
  const tell = useEffectEvent((count: number) => onBusy?.(count));
  useEffect(() => tell(uploads.length), [uploads.length]);
  const set = (key: string, change: Partial<Piece>) =>
    onChange((now) => now.map((piece) => (piece.key === key ? { ...piece, ...change } : piece)));
  const remove = (key: string) => onChange((now) => now.filter((piece) => piece.key !== key));

  const button = (kind: EvidenceKind) =>
    isFileKind(kind) ? (
      <FileAdd key={kind} kind={kind} onFiles={(files) => void add(files, kind)} />
    ) : (
      <Button
        key={kind}
        onClick={() => onChange((now) => [...now, { key: newId(), kind, name: words(evidenceWords[kind]) }])}
      >
        + {words(evidenceWords[kind])}
      </Button>
    );
  return (
    <div className="ev">
      {(pieces.length > 0 || uploads.length > 0) && (
        <ul className="ev-list">
          {pieces.map((piece) => (
            <li key={piece.key}>
              {piece.fileId && previews.has(piece.fileId) ? (
                <img src={previews.get(piece.fileId)} alt={piece.name} />
              ) : (
                <span className="ev-icon" aria-hidden="true">
                  {isFileKind(piece.kind) ? '▤' : piece.kind === 'figure' ? '#' : '¶'}
                </span>
              )}
              <div className="ev-about">
                <PieceFields
                  piece={piece}
                  kinds={[...kinds.first, ...kinds.rest]}
                  onChange={(change) => set(piece.key, change)}
                />
              </div>
              <Button type="text" size="small" aria-label={t.remove(piece.name)} onClick={() => remove(piece.key)}>
                ×
              </Button>
            </li>
          ))}
          {uploads.map((upload) => (
            <li key={upload.key} className={upload.state}>
              {upload.preview ? (
                <img src={upload.preview} alt={upload.name} />
              ) : (
                <span className="ev-icon" aria-hidden="true">
                  ▤
                </span>
              )}
              <div className="ev-about">
                <span>{upload.name}</span>
                <small aria-live="polite" className={upload.state === 'failed' ? 'late' : 'muted'}>
                  {upload.state === 'sending'
                    ? t.sending(percent(upload.share, 0))
                    : upload.state === 'waiting'
                      ? t.waiting
                      : `${t.failed}：${upload.error ? sentenceOf(upload.error) : ''}`}
                </small>
                {upload.state !== 'sending' && (
                  <Button size="small" onClick={() => again(upload)}>
                    {t.again}
                  </Button>
                )}
              </div>
              <Button type="text" size="small" aria-label={t.remove(upload.name)} onClick={() => drop(upload.key)}>
                ×
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className="ev-adds">{kinds.first.map(button)}</div>
      {kinds.rest.length > 0 && (
        <details>
          <summary>{t.other}</summary>
          <div className="ev-adds">{kinds.rest.map(button)}</div>
        </details>
      )}
    </div>
  );
}

/** What is asked about a piece: a photo's kind and words, a figure's value, a statement's text. */
function PieceFields({
  piece,
  kinds,
  onChange,
}: {
  piece: Piece;
  kinds: readonly EvidenceKind[];
  onChange: (change: Partial<Piece>) => void;
}) {
  const t = useText(text).evidence;
  const words = useWords();
  const photoKinds = kinds.filter(isPhoto);
  if (piece.kind === 'statement')
    return (
      <TextBox
        aria-label={t.say}
        placeholder={t.say}
        value={piece.words ?? ''}
        maxLength={2000}
        onChange={(event) => onChange({ words: event.target.value })}
      />
    );
  if (piece.kind === 'figure')
    return (
      <span className="ev-figure">
        <InputNumber
          aria-label={t.amount}
          placeholder={t.amount}
          value={piece.amount ?? null}
          onChange={(amount) => onChange({ amount: amount === null ? undefined : Number(amount) })}
        />
        <Input
          aria-label={t.figureWords}
          placeholder={t.figureWords}
          value={piece.words ?? ''}
          maxLength={200}
          onChange={(event) => onChange({ words: event.target.value })}
        />
      </span>
    );
  return (
    <>
      <span className="ev-name">
        {isPhoto(piece.kind) && photoKinds.length > 1 ? (
          <Select
            size="small"
            aria-label={t.kind(piece.name)}
            value={piece.kind}
            options={photoKinds.map((kind) => ({ value: kind, label: words(evidenceWords[kind]) }))}
            onChange={(kind) => onChange({ kind })}
          />
        ) : (
          <span className="tag">{words(evidenceWords[piece.kind])}</span>
        )}
        <span>{piece.name}</span>
      </span>
      <Input
        size="small"
        aria-label={t.caption(piece.name)}
        placeholder={t.captionHint}
        value={piece.words ?? ''}
        maxLength={200}
        onChange={(event) => onChange({ words: event.target.value })}
      />
    </>
  );
}

function FileAdd({ kind, onFiles }: { kind: EvidenceKind; onFiles: (files: readonly File[]) => void }) {
  const t = useText(text).evidence;
  const words = useWords();
  const id = useId();
  const name = words(evidenceWords[kind]);
  const props = {
    type: 'file',
    multiple: true,
    className: 'only-aloud',
    accept: isPhoto(kind) ? 'image/*' : '.pdf,.doc,.docx,.xls,.xlsx,.jpg,.jpeg,.png,.zip',
    onChange: (event: ChangeEvent<HTMLInputElement>) => {
      onFiles([...(event.target.files ?? [])]);
      event.target.value = ''; // the same file can be chosen again
    },
  } as const;
  return (
    <span className="ev-add">
      {isPhoto(kind) && (
        <label className="ev-camera">
          <input {...props} multiple={false} capture="environment" aria-label={t.take(name)} />
          {t.take(name)}
        </label>
      )}
      <label htmlFor={id}>
        <input id={id} {...props} aria-label={`+ ${name}`} />
        <span className={isPhoto(kind) ? 'desk' : undefined}>+ {name}</span>
        {isPhoto(kind) && <span className="touch">{t.album}</span>}
      </label>
    </span>
  );
}
