import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defineWebModule } from '#core/web/module.ts';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import { ledger } from '../contract.ts';
import type { MatterView } from '../shapes.ts';
import { MatterPage } from './MatterPage.tsx';
import { claimedMatter, lateMatter, matterId, workingMatter } from './testing/matter.ts';

const sent: { path: string; body: Record<string, unknown> }[] = [];
const file = 'f'.repeat(64);
const refusal = (code: string, zh: string, field: string | null = null, status = 409) =>
  Response.json({ code, words: { zh, en: zh }, field, requestId: 'test' }, { status });

const show = (matter: MatterView, answers: Record<string, unknown> = {}, modules = []) => {
  const command = (url: URL, init: RequestInit) => {
    sent.push({ path: url.pathname, body: JSON.parse(String(init.body)) as Record<string, unknown> });
    return { id: matterId, no: matter.no };
  };
  const acts = ['report', 'claim', 'verify', 'escalate', 'take', 'remark', 'mark'];
  return renderPage(<MatterPage />, {
    at: `/matters/${matterId}`,
    path: '/matters/:id',
    modules,
    send: answersFrom({
      [`/api/matters/${matterId}`]: matter,
      ...Object.fromEntries(acts.map((act) => [`/api/matters/${matterId}/${act}`, command])),
      [`/api/matters/${matterId}/extensions`]: command,
      ...answers,
    }),
  });
};

beforeEach(() => {
  localStorage.clear();
  chooseLanguage('zh');
  sent.length = 0;
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

test('a matter 47 days late says so with both limits, who answers for it, and every event with its words', async () => {
  show(lateMatter);
  expect(await screen.findByRole('heading', { level: 1, name: lateMatter.title })).toBeTruthy();
  expect(screen.getAllByText('逾期 47 天').length).toBeGreaterThan(0);
  expect(screen.getByText('2021-07-25', { selector: '.mt-due b' })).toBeTruthy();
  expect(screen.getByText('2021-08-10', { selector: '.mt-due b' })).toBeTruthy();
  expect(screen.getByText('退回 3 次')).toBeTruthy();
  const line = screen.getByText('经过').closest('section')!;
  expect(within(line).getByText(/现场 4 户未腾房/)).toBeTruthy();
  expect(within(line).getAllByText('退回重办')).toHaveLength(3);
  expect(within(line).getByText(/等待岳阳经济技术开发区管理委员会办理/)).toBeTruthy();
});

test('the light explains itself: the rule, and what would turn it green once the limit has passed', async () => {
  show(lateMatter);
  fireEvent.click(await screen.findByRole('button', { name: '为什么是“逾期 47 天”' }));
  const why = screen.getByRole('complementary', { name: '灯色依据' });
  expect(within(why).getByText('现时限 2021-08-10 已过 47 天。')).toBeTruthy();
  expect(within(why).getByText(/三色督办单/)).toBeTruthy();
  expect(within(why).getByText(/提交佐证申请销号/)).toBeTruthy();
  expect(within(why).queryByText(/到期前申请延期/)).toBeNull();
});

test('evidence stands by rounds, and a picture that closes another matter too is flagged with its number', async () => {
  show(lateMatter);
  const evidence = (await screen.findByRole('heading', { name: /佐证/ })).closest('section')!;
  expect(within(evidence).getByText('第 3 轮')).toBeTruthy();
  expect(within(evidence).getAllByText('已退回')).toHaveLength(3);
  expect(within(evidence).getByRole('link', { name: '与查〔2021〕3号的图片相同' }).getAttribute('href')).toBe(
    lateMatter.evidence[1]!.alsoIn!.id && `/matters/${lateMatter.evidence[1]!.alsoIn!.id}`,
  );
  expect(within(evidence).getByText('销号还需：整改后照片，或文件')).toBeTruthy();
});

test('who may do nothing gets no buttons', async () => {
  show(lateMatter);
  const acts = (await screen.findByText('没有等您办理的步骤。')).closest('section')!;
  expect(within(acts).queryAllByRole('button')).toHaveLength(0);
});

test('a claim cannot be sent before its evidence is there, and a refusal leaves what was typed', async () => {
  show(workingMatter, {
    [`/api/matters/${matterId}/claim`]: () => refusal('evidence_missing', '申请销号需要：整改后照片', 'evidence', 422),
    '/api/files': { id: file, name: '移交单.pdf', type: 'application/pdf', size: 12 },
  });
  fireEvent.click(await screen.findByRole('button', { name: /^申请销号/ }));
  const words = await screen.findByLabelText('完成情况');
  fireEvent.change(words, { target: { value: '11 户全部腾房拆除' } });
  const save = () => screen.getByRole('button', { name: '提交申请' }) as HTMLButtonElement;
  expect(save().disabled).toBe(true);
  expect(screen.getByText('还缺佐证：整改后照片，或文件')).toBeTruthy();
  vi.stubGlobal('XMLHttpRequest', uploads({ id: file, name: '移交单.pdf', type: 'application/pdf', size: 12 }));
  fireEvent.change(screen.getByLabelText('+ 文件'), {
    target: { files: [new File(['x'], '移交单.pdf', { type: 'application/pdf' })] },
  });
  await waitFor(() => expect(save().disabled).toBe(false));
  fireEvent.click(save());
  expect(await screen.findByText('申请销号需要：整改后照片')).toBeTruthy();
  expect((words as HTMLTextAreaElement).value).toBe('11 户全部腾房拆除');
});

test('a half-written report is there again after the drawer was closed', async () => {
  show(workingMatter);
  fireEvent.click(await screen.findByRole('button', { name: /^反馈进展/ }));
  fireEvent.change(await screen.findByLabelText('进展'), { target: { value: '已签约 7 户' } });
  fireEvent.click(screen.getByRole('button', { name: /取\s*消/ }));
  await waitFor(() => expect(screen.queryByLabelText('进展')).toBeNull());
  fireEvent.click(screen.getByRole('button', { name: /^反馈进展/ }));
  const again = (await screen.findByLabelText('进展')) as HTMLTextAreaElement;
  expect(again.value).toBe('已签约 7 户');
  expect(screen.getByText(/已恢复上次没有提交的内容/)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: '提交反馈' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]!.body).toMatchObject({ text: '已签约 7 户', version: 4, evidence: [] });
});

test('a verdict is chosen by keys, needs words, and goes out with the version that was read', async () => {
  show(claimedMatter);
  fireEvent.click(await screen.findByRole('button', { name: /^复核/ }));
  expect(await screen.findByText('有佐证与其他事项相同，请核对后再下结论。')).toBeTruthy();
  const returned = screen.getByRole('radio', { name: /退回重办/ }) as HTMLInputElement;
  fireEvent.keyDown(returned, { key: 'r' });
  await waitFor(() => expect(returned.checked).toBe(true));
  fireEvent.keyDown(returned, { key: '3' });
  const save = screen.getByRole('button', { name: /退\s*回$/ }) as HTMLButtonElement;
  expect(save.disabled).toBe(true);
  fireEvent.change(screen.getByLabelText('退回原因'), { target: { value: '图片与查〔2021〕3号相同' } });
  fireEvent.click(save);
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]!.body).toMatchObject({
    result: 'failed',
    method: 'photo',
    note: '图片与查〔2021〕3号相同',
    version: claimedMatter.version,
  });
});

test('a letter typed into the note is a letter and no verdict', async () => {
  show(claimedMatter);
  fireEvent.click(await screen.findByRole('button', { name: /^复核/ }));
  fireEvent.keyDown(await screen.findByLabelText('复核意见'), { key: 'r' });
  expect((screen.getByRole('radio', { name: /退回重办/ }) as HTMLInputElement).checked).toBe(false);
});

test('signing that the server refuses says why in place', async () => {
  show(
    { ...workingMatter, state: 'issued', signedOn: null, allowed: ['sign'] },
    {
      '/api/matters/sign': {
        done: [],
        refused: [{ id: matterId, no: 'x', reason: { zh: '不是牵头单位', en: 'Not the lead unit' } }],
      },
    },
  );
  fireEvent.click(await screen.findByRole('button', { name: /^签收/ }));
  expect(await screen.findByText('不是牵头单位')).toBeTruthy();
});

test('other modules put their part beside the history and among the acts', async () => {
  const part = (props: { matter: MatterView }) => <p>督办单 {props.matter.no}</p>;
  const module = defineWebModule(ledger, {
    slots: {
      'ledger.matter.main': [{ order: 10, component: part }],
      'ledger.matter.actions': [{ order: 10, component: part }],
    },
  });
  show(lateMatter, {}, [module] as never);
  expect(await screen.findAllByText(`督办单 ${lateMatter.no}`)).toHaveLength(2);
});

test('the QR code leads to the short address of the phone page', async () => {
  show(lateMatter);
  fireEvent.click(await screen.findByRole('button', { name: '二维码' }));
  expect((await screen.findByRole('link', { name: '打开手机页' })).getAttribute('href')).toBe(`/m/${matterId}`);
  expect(screen.getByRole('img', { name: new RegExp(`/m/${matterId}`) })).toBeTruthy();
});

test('reads whole in English', async () => {
  chooseLanguage('en');
  show({ ...lateMatter, allowed: ['report', 'claim', 'remind', 'escalate'] });
  expect((await screen.findAllByText('47 days overdue')).length).toBeGreaterThan(0);
  expect(screen.getByText('What happened')).toBeTruthy();
  expect(screen.getByRole('button', { name: /^Claim done/ })).toBeTruthy();
});

/** An upload that arrives at once. */
const uploads = (answer: object) =>
  class {
    upload = {};
    status = 200;
    responseText = JSON.stringify(answer);
    onload = () => {};
    open() {}
    setRequestHeader() {}
    abort() {}
    send() {
      setTimeout(() => this.onload(), 0);
    }
  };
