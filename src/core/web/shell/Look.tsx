import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { type ReactNode, useEffect } from 'react';
import { useLanguage } from '../text.ts';
import { staffTheme } from './theme.ts';

/** Theme and language of antd around a page. `nonce` is what the strict CSP asks of style tags. */
export function Look({ nonce, children }: { nonce?: string | undefined; children: ReactNode }) {
  const language = useLanguage();
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    dayjs.locale(language === 'zh' ? 'zh-cn' : 'en');
  }, [language]);
  return (
    <ConfigProvider
      theme={staffTheme}
      locale={language === 'zh' ? zhCN : enUS}
      // antd would write 确 定; the standard and our tests want 确定.
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      {...(nonce && { csp: { nonce } })}
    >
      <AntApp component={false}>{children}</AntApp>
    </ConfigProvider>
  );
}
