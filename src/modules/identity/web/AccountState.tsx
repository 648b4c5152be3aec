import { useText } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import type { AccountRow } from '../shapes.ts';
import * as text from './text.ts';

/** What keeps the account from signing in, in words; quiet when nothing does. */
export function AccountState({ account }: { account: AccountRow }) {
  const t = useText(text).accounts.state;
  return (
    <>
      {account.isLocked && <span className="tag late">{t.locked}</span>}
      {!account.isLocked && account.waitUntil && (
        <span className="tag warn">{t.waiting(moment(account.waitUntil))}</span>
      )}
      {!account.isLocked && account.mustChangePassword && <span className="tag">{t.first}</span>}
      {!account.isLocked && !account.waitUntil && !account.mustChangePassword && (
        <span className="soft">{t.normal}</span>
      )}
      {account.totp && <span className="tag key">{t.totp}</span>}
    </>
  );
}
