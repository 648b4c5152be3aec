import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProblemError } from '../client.ts';
import { renderPage } from '../testing/render-page.tsx';
import { chooseLanguage } from '../text.ts';
import { DayField } from './DayField.tsx';
import { FormBody, FormDrawer, FormFoot } from './FormDrawer.tsx';
import { FormField } from './FormField.tsx';
import { SearchPick } from './SearchPick.tsx';

beforeEach(() => chooseLanguage('zh'));
afterEach(cleanup);

const base = { title: '登记', fields: ['amount'], error: null, isPending: false, onClose: () => {} };
const amount = (fault?: string) => (
  <FormField label="金额" hint="单位万元" fault={fault}>
    {(id) => <input id={id} />}
  </FormField>
);
const refusal = (field?: string) =>
  new ProblemError(422, { code: 'no', words: { zh: '超过概算', en: 'Above the estimate' }, requestId: 'r', field });

test('the button at the foot sends the form, and a form that is not ready sends nothing', () => {
  const onSave = vi.fn();
  renderPage(
    <FormDrawer {...base} onSave={onSave} saveWords="办理">
      {amount()}
    </FormDrawer>,
  );
  fireEvent.click(screen.getByRole('button', { name: '办理' }));
  expect(onSave).toHaveBeenCalledOnce();
  cleanup();
  renderPage(
    <FormDrawer {...base} isReady={false} onSave={onSave}>
      {amount()}
    </FormDrawer>,
  );
  fireEvent.submit(screen.getByLabelText('金额').closest('form')!);
  expect(screen.getByRole('button', { name: '保存' }).hasAttribute('disabled')).toBe(true);
  expect(onSave).toHaveBeenCalledOnce();
});

test('Ctrl+Enter in a field saves', () => {
  const onSave = vi.fn();
  renderPage(
    <FormDrawer {...base} onSave={onSave}>
      {amount()}
    </FormDrawer>,
  );
  fireEvent.keyDown(screen.getByLabelText('金额'), { key: 'Enter' });
  expect(onSave).not.toHaveBeenCalled();
  fireEvent.keyDown(screen.getByLabelText('金额'), { key: 'Enter', ctrlKey: true });
  expect(onSave).toHaveBeenCalledOnce();
});

test('a refusal stands at its field when the form shows it there, else at the end of the form', () => {
  renderPage(
    <FormDrawer {...base} error={refusal('amount')} onSave={() => {}}>
      {amount('超过概算')}
    </FormDrawer>,
  );
  expect(screen.getAllByRole('alert').map((alert) => alert.textContent)).toEqual(['超过概算']);
  expect(screen.queryByText('单位万元')).toBeNull();
  cleanup();
  renderPage(
    <FormDrawer {...base} error={refusal()} onSave={() => {}}>
      {amount()}
    </FormDrawer>,
  );
  expect(screen.getByRole('alert').textContent).toContain('超过概算');
  screen.getByText('单位万元');
});

test('where nothing can be saved there is only a button that closes', () => {
  renderPage(
    <FormDrawer {...base} above="已办理" below="历次">
      {null}
    </FormDrawer>,
  );
  screen.getByText('已办理');
  screen.getByText('历次');
  expect(screen.queryByRole('button', { name: '保存' })).toBeNull();
  screen.getByText('关闭');
});

test('a form inside a card carries its own buttons', () => {
  const onSave = vi.fn();
  renderPage(
    <FormBody {...base} onSave={onSave} foot={<FormFoot isPending={false} onClose={() => {}} />}>
      {amount()}
    </FormBody>,
  );
  fireEvent.click(screen.getByRole('button', { name: '保存' }));
  expect(onSave).toHaveBeenCalledOnce();
});

test('Enter takes the day that was typed, and does not send the form', () => {
  const onSave = vi.fn();
  const onDay = vi.fn();
  function Form() {
    const [day, setDay] = useState<string | null>('2021-09-01');
    return (
      <FormDrawer {...base} onSave={onSave}>
        <DayField
          label="日期"
          value={day}
          onChange={(next) => {
            onDay(next);
            setDay(next);
          }}
        />
      </FormDrawer>
    );
  }
  renderPage(<Form />);
  const box = screen.getByLabelText('日期') as HTMLInputElement;
  fireEvent.mouseDown(box);
  fireEvent.change(box, { target: { value: '2021-09-26' } });
  // A browser sends the form by Enter unless the key was taken.
  expect(fireEvent.keyDown(box, { key: 'Enter', code: 'Enter', keyCode: 13 })).toBe(false);
  expect(onDay).toHaveBeenLastCalledWith('2021-09-26');
  expect(box.value).toBe('2021-09-26');
  expect(onSave).not.toHaveBeenCalled();
});

test('what is typed is searched by the server, and what is chosen comes with its name', async () => {
  const find = vi.fn(async (text: string) => (text === '云溪' ? [{ id: 'u2', name: '云溪区' }] : []));
  const onChange = vi.fn();
  renderPage(
    <FormField label="单位">
      {(id) => (
        <SearchPick
          id={id}
          value="u1"
          name="君山区"
          placeholder="选择"
          queryKey={['u']}
          find={find}
          onChange={onChange}
        />
      )}
    </FormField>,
  );
  screen.getByText('君山区');
  const box = screen.getByLabelText('单位');
  fireEvent.mouseDown(box);
  fireEvent.change(box, { target: { value: '云溪' } });
  await waitFor(() => expect(find).toHaveBeenCalledWith('云溪', expect.anything()));
  fireEvent.click(await screen.findByTitle('云溪区'));
  expect(onChange).toHaveBeenCalledWith('u2', '云溪区');
});
