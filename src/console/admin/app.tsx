import { QueryClientProvider } from '@tanstack/react-query';
import { App, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { useState } from 'react';
import { RouterProvider } from 'react-router/dom';
import { createQueryClient } from './api/query-client.ts';
import { JobsProvider } from './shared/jobs.tsx';
import { createConsoleRouter } from './routes.tsx';
import { themeOf } from './theme.ts';
import { useMedia } from './shared/use-media.ts';

/** The whole console, with what its pages share: queries, theme, running jobs. */
export function ConsoleApp({ nonce }: { readonly nonce: string }) {
  const [queries] = useState(createQueryClient);
  const [router] = useState(() => createConsoleRouter(queries));
  const isDark = useMedia('(prefers-color-scheme: dark)');
  const isStill = useMedia('(prefers-reduced-motion: reduce)');
  return (
    <ConfigProvider locale={zhCN} theme={themeOf(isDark, isStill)} csp={{ nonce }} button={{ autoInsertSpace: false }}>
      <App component={false}>
        <QueryClientProvider client={queries}>
          <JobsProvider>
            <RouterProvider router={router} />
          </JobsProvider>
        </QueryClientProvider>
      </App>
    </ConfigProvider>
  );
}
