import { useText } from '#core/web/text.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { NoticeTabs } from './NoticeTabs.tsx';
import './notices.css';
import { RuleCard } from './RuleCard.tsx';
import * as text from './text.ts';
import { WebhookCard } from './WebhookCard.tsx';

/** When people are reminded and who hears of it next, and which other systems are told. */
export function SettingsPage() {
  const t = useText(text);
  return (
    <>
      <PageHead title={t.title} />
      <NoticeTabs />
      <div className="page-body notice-settings">
        <RuleCard />
        <WebhookCard />
      </div>
    </>
  );
}
