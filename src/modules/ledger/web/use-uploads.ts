import { useCallback, useEffect, useRef, useState } from 'react';
import { newId } from '#core/shared/id.ts';
import { ProblemError } from '#core/web/client.ts';
import { shrink } from '#core/web/shrink-picture.ts';
import { type UploadedFile, uploadFile } from '#core/web/upload.ts';

export interface Upload<T> {
  key: string;
  /** What the file is for; the page gets it back when it has arrived. */
  use: T;
  name: string;
  /** Address of the picture on this device, null for a document. */
  preview: string | null;
  share: number;
  state: 'sending' | 'waiting' | 'failed';
  error: Error | null;
}

/** Pauses before the next try while the line is bad; after the last one the person is asked. */
const pauses = [2_000, 5_000, 15_000, 30_000];

/**
 * Sends files one after another. Pictures are made small first; while there is no line a file waits and is sent again by
 * itself, also as soon as the browser is back on line. A refusal (wrong kind, too large) is not tried again.
 */
export function useUploads<T>(onSent: (use: T, file: UploadedFile, preview: string | null) => void) {
  const [uploads, setUploads] = useState<readonly Upload<T>[]>([]);
  const files = useRef(new Map<string, File>());
  const stop = useRef(new AbortController());
  const told = useRef(onSent);
  told.current = onSent;
  useEffect(() => {
    stop.current = new AbortController();
    const held = stop.current;
    return () => held.abort();
  }, []);

  const change = useCallback(
    (key: string, next: Partial<Upload<T>>) =>
      setUploads((now) => now.map((one) => (one.key === key ? { ...one, ...next } : one))),
    [],
  );
  const send = useCallback(
    async (key: string, use: T, preview: string | null) => {
      const file = files.current.get(key);
      if (!file) return;
      const { signal } = stop.current;
      for (let attempt = 0; ; attempt += 1) {
        try {
          change(key, { state: 'sending', error: null });
          const sent = await uploadFile(file, (share) => change(key, { share }), signal);
          files.current.delete(key);
          setUploads((now) => now.filter((one) => one.key !== key));
          told.current(use, { ...sent, name: sent.name || file.name }, preview);
          return;
        } catch (error) {
          if (signal.aborted) return;
          const isLine = error instanceof ProblemError && (error.status === 0 || error.status >= 502);
          const pause = isLine ? pauses[attempt] : undefined;
          if (pause === undefined) {
            change(key, { state: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
            return;
          }
          change(key, { state: 'waiting', share: 0 });
          await untilLine(pause, signal);
          if (signal.aborted) return;
        }
      }
    },
    [change],
  );
  const add = useCallback(
    async (picked: readonly File[], use: T): Promise<void> => {
      for (const file of picked) {
        const key = newId();
        const isPicture = file.type.startsWith('image/');
        const bytes = isPicture ? await shrink(file) : file;
        const small =
          bytes === file ? file : new File([bytes], file.name.replace(/\.\w+$/, '.jpg'), { type: bytes.type });
        const preview = isPicture && typeof URL.createObjectURL === 'function' ? URL.createObjectURL(small) : null;
        files.current.set(key, small);
        setUploads((now) => [...now, { key, use, name: file.name, preview, share: 0, state: 'sending', error: null }]);
        void send(key, use, preview);
      }
    },
    [send],
  );
  const again = (upload: Upload<T>) => void send(upload.key, upload.use, upload.preview);
  const drop = (key: string) => {
    files.current.delete(key);
    setUploads((now) => now.filter((one) => one.key !== key));
  };
  return { uploads, add, again, drop };
}

/** After the pause, or as soon as the browser says that the line is back. */
const untilLine = (pause: number, signal: AbortSignal) =>
  new Promise<void>((done) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener('online', end);
      signal.removeEventListener('abort', end);
      done();
    };
    const timer = setTimeout(end, pause);
    addEventListener('online', end);
    signal.addEventListener('abort', end);
  });
