import type { ThemeConfig } from 'antd';

/** antd in the tokens of tokens.css (light). Values are repeated because antd computes hover and soft shades from them. */
export const staffTheme: ThemeConfig = {
  token: {
    colorPrimary: '#14559e',
    colorInfo: '#14559e',
    colorLink: '#14559e',
    colorSuccess: '#1b7f4d',
    colorWarning: '#b57f00',
    colorError: '#b3201a',
    colorText: '#16202c',
    colorTextSecondary: '#4a5766',
    colorTextTertiary: '#647182',
    colorTextPlaceholder: '#647182',
    colorTextDisabled: '#647182',
    colorBorder: '#8b96a4',
    colorBorderSecondary: '#d5dae1',
    colorBgLayout: '#f5f6f8',
    borderRadius: 4,
    borderRadiusLG: 4,
    borderRadiusSM: 4,
    fontFamily: 'var(--font-sans)',
    // Compact spacing by hand: antd's compact algorithm would also shrink the type below 12 px.
    sizeStep: 3,
    fontSize: 13,
    fontSizeSM: 12,
    fontSizeLG: 14,
    controlHeight: 30,
    controlHeightSM: 26,
    controlHeightLG: 36,
    motion: false,
    wireframe: false,
  },
  components: {
    Button: {
      fontWeight: 400,
      contentFontSize: 13,
      contentFontSizeSM: 13,
      contentFontSizeLG: 14,
      defaultBorderColor: '#8b96a4',
      primaryShadow: 'none',
      defaultShadow: 'none',
      dangerShadow: 'none',
    },
    Table: { headerBg: '#eceff3', rowHoverBg: '#f7f9fb', cellPaddingBlockSM: 5 },
    Tabs: { horizontalItemPadding: '6px 0' },
  },
};
