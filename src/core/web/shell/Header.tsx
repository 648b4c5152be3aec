import { useContext } from 'react';
import { Link } from 'react-router';
import type { Language } from '../../shared/words.ts';
import { commandHeaders, type Send, SendContext } from '../client.ts';
import { Slot, useSlot } from '../Slot.tsx';
import { useSession } from '../session.tsx';
import { chooseLanguage, productName, useLanguage, useText, useWords } from '../text.ts';
import { weekday } from '../ui/format.ts';
import { Logo } from './Logo.tsx';
import { Search } from './Search.tsx';
import * as text from './text.ts';
import { UserMenu } from './UserMenu.tsx';

export function Header({ onHelp }: { onHelp: () => void }) {
  const t = useText(text);
  const words = useWords();
  const language = useLanguage();
  const { city, today, demoClock } = useSession();
  const hasClock = useSlot('shell.clock').length > 0;
  return (
    <header className="bar">
      <Link className="brand" to="/" aria-label={words(productName)}>
        <Logo />
        <span>{words(productName)}</span>
      </Link>
      <Search />
      <div className="who">
        {city.demo && (
          <span className="sample optional" title={t.sampleHint}>
            {t.sample}
          </span>
        )}
        <span className="clock optional" title={demoClock ? t.demoClock : undefined}>
          <span>
            {today} {weekday(today, language)}
            <Slot name="shell.day" props={{ today }} />
          </span>
          {hasClock && <span aria-hidden="true">·</span>}
          <Slot name="shell.clock" props={{ today }} />
        </span>
        <LanguageSwitch isSignedIn />
        <UserMenu onHelp={onHelp} />
      </div>
    </header>
  );
}

/** Also for the pages without a header: sign-in and first run. Signed in, the account remembers the choice as well. */
export function LanguageSwitch({ isSignedIn = false }: { isSignedIn?: boolean }) {
  const t = useText(text);
  const send = useContext(SendContext);
  const language = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <button
      type="button"
      className="bar-button"
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      title={t.languageHint}
      onClick={() => {
        chooseLanguage(other);
        if (isSignedIn) void keepLanguage(send, other);
      }}
    >
      {t.language}
    </button>
  );
}

async function keepLanguage(send: Send, language: Language): Promise<void> {
  const headers = { ...commandHeaders(), 'content-type': 'application/json' };
  // This browser remembers it anyway, so a failure is not worth a message.
  await send('/api/identity/language', { method: 'POST', headers, body: JSON.stringify({ language }) }).catch(() => {});
}
