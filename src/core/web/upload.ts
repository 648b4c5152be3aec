import { z } from 'zod';
import { commandHeaders, ProblemError, refusalOf } from './client.ts';

export const UploadedFile = z.object({ id: z.string(), name: z.string(), type: z.string(), size: z.number() });
export type UploadedFile = z.infer<typeof UploadedFile>;

/**
 * Sends one file as raw bytes. `onProgress` gets 0…1. XMLHttpRequest, because fetch reports no upload progress.
 * Throws ProblemError (too large, wrong kind, offline); an aborted upload rejects with the signal's reason.
 */
export function uploadFile(
  file: File,
  onProgress: (share: number) => void = () => {},
  signal?: AbortSignal,
): Promise<UploadedFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/files?name=${encodeURIComponent(file.name)}`);
    for (const [name, value] of Object.entries(commandHeaders())) request.setRequestHeader(name, value);
    request.setRequestHeader('content-type', file.type || 'application/octet-stream');
    request.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) onProgress(event.loaded / event.total);
    };
    request.onerror = () => reject(ProblemError.offline(undefined));
    request.onabort = () => reject(signal?.reason ?? ProblemError.offline(undefined));
    request.onload = () => {
      const body = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) {
        onProgress(1);
        const answer = UploadedFile.safeParse(body);
        return answer.success ? resolve(answer.data) : reject(answer.error);
      }
      reject(refusalOf(request.status, body));
    };
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
