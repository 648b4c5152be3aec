import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Logo } from '#core/web/shell/Logo.tsx';
import { chooseLanguage, useLanguage, usePageTitle, useText } from '#core/web/text.ts';
import './identity.css';
import * as text from './text.ts';

/** The frame of the pages before anybody is signed in: the product, a language, one card. */
export function Door({
  title,
  city,
  foot,
  wide = false,
  children,
}: {
  title: string;
  city?: string | undefined;
  foot?: string;
  wide?: boolean;
  children: ReactNode;
}) {
  const t = useText(text);
  const language = useLanguage();
  usePageTitle(title);
  return (
    <div className="door">
      <header className="door-head">
        <span className="brand">
          <Logo /> {t.product}
        </span>
        <Button
          type="text"
          lang={language === 'zh' ? 'en' : 'zh-CN'}
          onClick={() => chooseLanguage(language === 'zh' ? 'en' : 'zh')}
        >
          {t.otherLanguage}
        </Button>
      </header>
      <main className={wide ? 'door-card wide' : 'door-card'}>
        <h1>{title}</h1>
        <p>{city ?? t.tagline}</p>
        {children}
      </main>
      <footer className="door-foot">{foot}</footer>
    </div>
  );
}
