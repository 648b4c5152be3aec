import { App } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../text.ts';
import * as text from './text.ts';

/**
 * Asks before something that cannot be taken back. Resolves true on “ok”, false on “cancel” or Esc:
 * `if (await confirm({ title: '退回这份填报', body, danger: true })) …`.
 */
export function useConfirm(): (question: {
  title: string;
  body?: ReactNode;
  ok?: string;
  danger?: boolean;
}) => Promise<boolean> {
  const { modal } = App.useApp();
  const t = useText(text);
  return async ({ title, body, ok, danger = false }) =>
    await modal.confirm({
      title,
      content: body,
      okText: ok ?? t.confirm.ok,
      cancelText: t.confirm.cancel,
      okButtonProps: { danger },
      icon: null,
      autoFocusButton: danger ? 'cancel' : 'ok',
    });
}
