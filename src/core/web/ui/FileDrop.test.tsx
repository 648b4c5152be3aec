import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { renderPage } from '../testing/render-page.tsx';
import { chooseLanguage } from '../text.ts';
import { FileDrop } from './FileDrop.tsx';

/** Stands for XMLHttpRequest: answers once with what the test says. */
function answerUploads(status: number, body: unknown) {
  const sent: { url: string; headers: Record<string, string> }[] = [];
  vi.stubGlobal(
    'XMLHttpRequest',
    class {
      upload = {} as { onprogress?: (event: { lengthComputable: boolean; loaded: number; total: number }) => void };
      onload?: () => void;
      status = status;
      responseText = JSON.stringify(body);
      #request = { url: '', headers: {} as Record<string, string> };
      open(_: string, url: string) {
        this.#request.url = url;
      }
      setRequestHeader(name: string, value: string) {
        this.#request.headers[name] = value;
      }
      send() {
        sent.push(this.#request);
        this.upload.onprogress?.({ lengthComputable: true, loaded: 1, total: 2 });
        this.onload?.();
      }
    },
  );
  return sent;
}
const choose = (file: File) =>
  fireEvent.change(screen.getByLabelText('选择文件', { selector: 'input' }), { target: { files: [file] } });

beforeEach(() => chooseLanguage('zh'));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test('a file goes up as raw bytes with its name, and the page gets what the server kept', async () => {
  const kept = { id: 'abc', name: '台账.xlsx', type: 'application/x', size: 3 };
  const sent = answerUploads(200, kept);
  const onFile = vi.fn();
  renderPage(<FileDrop onFile={onFile} accept=".xlsx,.xls" />);
  choose(new File(['abc'], '台账.XLSX'));
  await vi.waitFor(() => expect(onFile).toHaveBeenCalledWith(kept));
  expect(sent[0]?.url).toBe(`/api/files?name=${encodeURIComponent('台账.XLSX')}`);
  expect(sent[0]?.headers).toMatchObject({ 'x-guatu': '1', 'content-type': 'application/octet-stream' });
});

test('the wrong kind and too large a file are refused before a byte travels, saying what to do', async () => {
  const sent = answerUploads(200, {});
  renderPage(<FileDrop onFile={() => {}} accept=".xlsx" maxBytes={2_000_000} />);
  choose(new File(['abc'], '台账.pdf'));
  expect((await screen.findByRole('alert')).textContent).toBe('台账.pdf 的类型不对，可用 .xlsx');
  choose(new File([new Uint8Array(2_000_001)], '大.xlsx'));
  await screen.findByText('大.xlsx 超过 2.0 MB，请压缩或拆分后再传');
  expect(sent).toHaveLength(0);
});

test('what the server refuses is said in its own words', async () => {
  answerUploads(422, {
    code: 'zip_bomb',
    words: { zh: '压缩包解开后过大，请另存后再传', en: 'Too large when unpacked' },
    requestId: 'r',
  });
  renderPage(<FileDrop onFile={() => {}} />);
  choose(new File(['abc'], 'a.xlsx'));
  expect((await screen.findByRole('alert')).textContent).toContain('压缩包解开后过大，请另存后再传');
});
