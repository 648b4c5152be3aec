import { App, Dropdown } from 'antd';
import { useContext } from 'react';
import { useNavigate } from 'react-router';
import { checked, commandHeaders, SendContext, sendAgain } from '../client.ts';
import { countUnsent, forgetCopies } from '../offline/private-data.ts';
import { forgetSession } from '../offline/remembered-session.ts';
import { useRenewSession, useSession } from '../session.tsx';
import { useText } from '../text.ts';
import { useConfirm } from '../ui/Confirm.tsx';
import { sentenceOf } from '../ui/Problem.tsx';
import { paths } from './paths.ts';
import * as text from './text.ts';

export function UserMenu({ onHelp }: { onHelp: () => void }) {
  const t = useText(text);
  const { account, units } = useSession();
  const navigate = useNavigate();
  const send = useContext(SendContext);
  const renew = useRenewSession();
  const { message } = App.useApp();
  const confirm = useConfirm();

  const signOut = async () => {
    const unsent = await countUnsent(account.id);
    if (unsent > 0 && !(await confirm({ title: t.unsent.title(unsent), body: t.unsent.body, ok: t.unsent.ok }))) return;
    try {
      const headers = { ...commandHeaders(), 'content-type': 'application/json' };
      await checked(await sendAgain(send, '/api/identity/sign-out', { method: 'POST', headers, body: '{}' }));
      forgetSession();
      await forgetCopies();
      await renew();
      await navigate(paths.signIn);
    } catch (error) {
      void message.error(`${t.signedOut}：${sentenceOf(error)}`);
    }
  };
  const items = [
    { key: 'account', label: t.account, onClick: () => void navigate(paths.account) },
    { key: 'help', label: t.help, onClick: onHelp },
    { type: 'divider' as const },
    { key: 'signOut', label: t.signOut, onClick: () => void signOut() },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <button type="button" className="bar-button" aria-label={`${account.name}，${t.menu}`} aria-haspopup="menu">
        {units[0] && <span className="unit">{units[0].name} ·</span>} <b>{account.name}</b>
      </button>
    </Dropdown>
  );
}
