import { Link } from 'react-router';
import { Slot } from '#core/web/Slot.tsx';
import { useSession } from '#core/web/session.tsx';
import { paths } from '#core/web/shell/paths.ts';
import { useText } from '#core/web/text.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import './identity.css';
import { MySessions } from './MySessions.tsx';
import { MyTotp } from './MyTotp.tsx';
import * as text from './text.ts';

export function MyAccountPage() {
  const t = useText(text);
  const { account, units } = useSession();
  return (
    <>
      <PageHead title={t.account.title} />
      <div className="page-body identity-columns">
        <section className="card">
          <h2>{t.account.identity}</h2>
          <dl className="kv">
            <dt>{t.account.name}</dt>
            <dd>{account.name}</dd>
            <dt>{t.account.username}</dt>
            <dd>{account.username}</dd>
            <dt>{t.account.units}</dt>
            <dd>{units.map((unit) => unit.name).join('、') || t.account.noUnits}</dd>
            <dt>{t.account.security}</dt>
            <dd>
              <Link to={paths.password}>{t.account.changePassword}</Link>
            </dd>
          </dl>
        </section>
        <MyTotp />
        <MySessions />
        <Slot name="shell.account" />
      </div>
    </>
  );
}
