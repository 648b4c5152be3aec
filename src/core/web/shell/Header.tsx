import { Link } from 'react-router';
import { Slot } from '../Slot.tsx';
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
          <Slot name="shell.clock" props={{ today }} />
        </span>
        <LanguageSwitch />
        <UserMenu onHelp={onHelp} />
      </div>
    </header>
  );
}

/** Also for the pages without a header: sign-in and first run. */
export function LanguageSwitch() {
  const t = useText(text);
  const language = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <button
      type="button"
      className="bar-button"
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      title={t.languageHint}
      onClick={() => chooseLanguage(other)}
    >
      {t.language}
    </button>
  );
}
