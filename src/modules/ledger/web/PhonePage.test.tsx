import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import type { MatterView } from '../shapes.ts';
import { PhonePage } from './PhonePage.tsx';
import { lateMatter, matterId, workingMatter } from './testing/matter.ts';

const photo = 'a'.repeat(64);
const sent: Record<string, unknown>[] = [];
const show = (matter: MatterView, over: object = {}) =>
  renderPage(<PhonePage />, {
    at: `/m/${matterId}`,
    path: '/m/:id',
    send: answersFrom({
      [`/api/matters/${matterId}`]: matter,
      [`/api/matters/${matterId}/claim`]: (_: URL, init: RequestInit) => {
        sent.push(JSON.parse(String(init.body)) as Record<string, unknown>);
        return { id: matterId, no: matter.no };
      },
      ...over,
    }),
  });

/** The line: off until `isUp`; then every upload arrives at once. */
let isUp = true;
const tries: number[] = [];
class Line {
  upload = {};
  status = 200;
  responseText = JSON.stringify({ id: photo, name: '移交现场.jpg', type: 'image/jpeg', size: 9 });
  onload = () => {};
  onerror = () => {};
  open() {}
  setRequestHeader() {}
  abort() {}
  send() {
    tries.push(1);
    setTimeout(() => (isUp ? this.onload() : this.onerror()), 0);
  }
}

beforeEach(() => {
  localStorage.clear();
  chooseLanguage('zh');
  sent.length = 0;
  tries.length = 0;
  isUp = true;
  vi.stubGlobal('XMLHttpRequest', Line);
  vi.stubGlobal(
    'EventSource',
    class {
      addEventListener() {}
      close() {}
    },
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const pick = () =>
  fireEvent.change(screen.getByLabelText('+ 整改后照片'), {
    target: { files: [new File(['x'], '移交现场.jpg', { type: 'image/jpeg' })] },
  });

test('says what is asked, until when and why it came back', async () => {
  show(lateMatter);
  expect(await screen.findByRole('heading', { level: 1, name: lateMatter.title })).toBeTruthy();
  expect(screen.getByText('逾期 47 天')).toBeTruthy();
  expect(screen.getByText(/11 户签约、腾房、拆除/)).toBeTruthy();
  expect(screen.getAllByText(/移交单缺施工单位签字/).length).toBeGreaterThan(0);
  expect(screen.getByText('没有等您办理的步骤')).toBeTruthy();
});

test('a photo and a sentence claim it done', async () => {
  show(workingMatter);
  fireEvent.click(await screen.findByText('已经完成，申请销号'));
  fireEvent.change(screen.getByLabelText('说明'), { target: { value: '11 户全部腾房拆除' } });
  const send = screen.getByRole('button', { name: '提交销号申请' }) as HTMLButtonElement;
  expect(send.disabled).toBe(true);
  pick();
  await waitFor(() => expect(send.disabled).toBe(false));
  fireEvent.click(send);
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({
    text: '11 户全部腾房拆除',
    evidence: [{ kind: 'photoAfter', fileId: photo }],
    version: workingMatter.version,
  });
});

test('without a line the photo waits on the page and goes by itself when the line is back', async () => {
  isUp = false;
  show(workingMatter);
  fireEvent.click(await screen.findByText('已经完成，申请销号'));
  fireEvent.change(screen.getByLabelText('说明'), { target: { value: '已移交' } });
  pick();
  expect(await screen.findByText('等待网络，会自动再传')).toBeTruthy();
  expect((screen.getByRole('button', { name: '提交销号申请' }) as HTMLButtonElement).disabled).toBe(true);
  isUp = true;
  act(() => void window.dispatchEvent(new Event('online')));
  await waitFor(() =>
    expect((screen.getByRole('button', { name: '提交销号申请' }) as HTMLButtonElement).disabled).toBe(false),
  );
  expect(tries.length).toBe(2);
});

test('a photo that arrived is still there after the page was closed', async () => {
  show(workingMatter);
  fireEvent.click(await screen.findByText('已经完成，申请销号'));
  pick();
  expect(await screen.findByLabelText('移交现场.jpg 的说明')).toBeTruthy();
  cleanup();
  show(workingMatter);
  fireEvent.click(await screen.findByText('已经完成，申请销号'));
  expect(await screen.findByLabelText('移交现场.jpg 的说明')).toBeTruthy();
});
