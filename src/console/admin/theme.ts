import { type ThemeConfig, theme } from 'antd';

/** The colours of styles/tokens.css, in Ant Design's words. Every text keeps 4.5:1 on its ground. */
const LIGHT: NonNullable<ThemeConfig['token']> = {
  colorPrimary: '#1b5e4e',
  colorInfo: '#2f5f9e',
  colorLink: '#1b5e4e',
  colorSuccess: '#237a3b',
  colorWarning: '#a35c00',
  colorError: '#b3261e',
  // Worked out from colours as deep as these, the grounds of notices would come out grey.
  colorPrimaryBg: '#e3efea',
  colorPrimaryBgHover: '#d3e6de',
  colorPrimaryBorder: '#a9cfc1',
  colorInfoBg: '#eaf1fb',
  colorInfoBorder: '#b9cdeb',
  colorSuccessBg: '#e8f5eb',
  colorSuccessBorder: '#a9d4b5',
  colorWarningBg: '#fdf3e1',
  colorWarningBorder: '#ecc98f',
  colorErrorBg: '#fdeeec',
  colorErrorBorder: '#ecb4af',
  colorText: '#1b2421',
  colorTextSecondary: '#4a5751',
  colorTextTertiary: '#55625c',
  colorTextDescription: '#55625c',
  colorTextPlaceholder: '#65716b',
  colorBgLayout: '#f5f6f3',
  colorBorder: '#c3ccc6',
  colorBorderSecondary: '#dde3de',
};

const DARK: NonNullable<ThemeConfig['token']> = {
  colorPrimary: '#6fc2a8',
  colorInfo: '#8fb2ea',
  colorLink: '#86cdb6',
  colorSuccess: '#6cc98a',
  colorWarning: '#e8b25c',
  colorError: '#f08a80',
  colorText: '#e5ebe7',
  colorTextSecondary: '#b9c5bf',
  colorTextTertiary: '#a3b1aa',
  colorTextDescription: '#a3b1aa',
  colorTextPlaceholder: '#93a19a',
  colorTextLightSolid: '#0e231c',
  colorBgBase: '#141917',
  colorBgLayout: '#121614',
  colorBgContainer: '#1a201d',
  colorBgElevated: '#202724',
  colorBorder: '#48554e',
  colorBorderSecondary: '#2d3632',
};

/** @param isStill for those who asked their system for less motion */
export function themeOf(isDark: boolean, isStill: boolean): ThemeConfig {
  return {
    algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: { ...(isDark ? DARK : LIGHT), fontFamily: 'var(--sans)', borderRadius: 8, controlHeight: 36, motion: !isStill },
    components: {
      Layout: { headerBg: 'transparent', siderBg: 'transparent', bodyBg: 'transparent', headerPadding: '0', headerHeight: 56 },
      Menu: { itemBg: 'transparent', subMenuItemBg: 'transparent', activeBarBorderWidth: 0 },
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
      Table: { headerBg: isDark ? '#202724' : '#f2f5f2' },
    },
  };
}
