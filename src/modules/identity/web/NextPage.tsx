import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Slot } from '#core/web/Slot.tsx';
import { useText } from '#core/web/text.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import './identity.css';
import * as text from './text.ts';

/** What to do with an empty installation. A module that can fill it (the demonstration) adds its card by the slot `identity.setup.next`. */
export function NextPage() {
  const t = useText(text).next;
  return (
    <>
      <PageHead title={t.title}>
        <span>{t.intro}</span>
      </PageHead>
      <div className="page-body">
        <div className="next-steps">
          <Step title={t.importTitle} hint={t.importHint}>
            <Link to="/projects/import">{t.importAct}</Link>
          </Step>
          <Slot name="identity.setup.next" />
          <Step title={t.organizationTitle} hint={t.organizationHint}>
            <Link to="/organization">{t.organizationAct}</Link>
          </Step>
          <Step title={t.accountsTitle} hint={t.accountsHint}>
            <Link to="/accounts">{t.accountsAct}</Link>
          </Step>
        </div>
      </div>
    </>
  );
}

function Step({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  return (
    <section className="card">
      <h2>{title}</h2>
      <p>{hint}</p>
      {children}
    </section>
  );
}
