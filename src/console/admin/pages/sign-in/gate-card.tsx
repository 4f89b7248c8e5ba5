import { type ReactNode, useEffect } from 'react';

/** The frame of the pages before the console: what it is, and one thing to do. */
export function GateCard({ title, intro, children }: { readonly title: string; readonly intro?: ReactNode; readonly children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · 问策管理后台`;
  }, [title]);
  return (
    <main className="gate">
      <div className="gate-card">
        <p className="gate-brand">
          <span className="seal" aria-hidden="true">
            策
          </span>
          问策 · 管理后台
        </p>
        <h1>{title}</h1>
        {intro !== undefined && <p className="gate-intro">{intro}</p>}
        {children}
      </div>
    </main>
  );
}
