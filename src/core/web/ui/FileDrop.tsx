import { Button } from 'antd';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { useText } from '../text.ts';
import { type UploadedFile, uploadFile } from '../upload.ts';
import { fileSize, percent } from './format.ts';
import { ProblemView } from './Problem.tsx';
import * as text from './text.ts';

/** Takes files by dropping or choosing and uploads them one after another. `accept` lists endings: `.xlsx,.xls,.csv`. */
export function FileDrop({
  onFile,
  accept,
  maxBytes,
  multiple = false,
  hint,
  capture,
}: {
  onFile: (file: UploadedFile) => void;
  accept?: string;
  maxBytes?: number;
  multiple?: boolean;
  hint?: ReactNode;
  /** On a phone: open the camera at once. */
  capture?: 'environment';
}) {
  const t = useText(text);
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [running, setRunning] = useState<{ name: string; share: number } | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [failed, setFailed] = useState<unknown>(null);

  const take = async (files: readonly File[]) => {
    setRefusal(null);
    setFailed(null);
    for (const file of multiple ? files : files.slice(0, 1)) {
      const refused = refusalOf(file, accept, maxBytes, t.drop);
      if (refused) {
        setRefusal(refused);
        continue;
      }
      try {
        setRunning({ name: file.name, share: 0 });
        onFile(await uploadFile(file, (share) => setRunning({ name: file.name, share })));
      } catch (error) {
        setFailed(error);
        break;
      } finally {
        setRunning(null);
      }
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take([...event.dataTransfer.files]);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button does the same
    <div
      className={isOver ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p>{hint ?? t.drop.hint}</p>
      <Button onClick={() => input.current?.click()} disabled={running !== null}>
        {t.drop.choose}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t.drop.choose}
        accept={accept}
        multiple={multiple}
        capture={capture}
        onChange={(event) => {
          void take([...(event.target.files ?? [])]);
          event.target.value = ''; // the same file can be chosen again after it was mended
        }}
      />
      {running && (
        <>
          <progress value={running.share} max={1} aria-label={running.name} />
          <small aria-live="polite">{t.drop.uploading(running.name, percent(running.share, 0))}</small>
        </>
      )}
      {refusal && <p role="alert">{refusal}</p>}
      {failed !== null && <ProblemView error={failed} compact />}
    </div>
  );
}

function refusalOf(
  file: File,
  accept: string | undefined,
  maxBytes: number | undefined,
  t: Pick<typeof text.zh.drop, 'tooLarge' | 'wrongKind'>,
): string | undefined {
  if (maxBytes !== undefined && file.size > maxBytes) return t.tooLarge(file.name, fileSize(maxBytes));
  const endings = accept?.split(',').filter((part) => part.trim().startsWith('.')) ?? [];
  const fits = endings.length === 0 || endings.some((ending) => file.name.toLowerCase().endsWith(ending.trim()));
  return fits ? undefined : t.wrongKind(file.name, endings.join(' '));
}
