import { type ReactNode, useId } from 'react';

interface Props {
  readonly title: ReactNode;
  readonly extra?: ReactNode;
  readonly intro?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A part of a page under a heading of its own. */
export function Panel({ title, extra, intro, className = '', children }: Props) {
  const id = useId();
  return (
    <section className={`panel ${className}`} aria-labelledby={id}>
      <div className="panel-head">
        <h2 id={id}>{title}</h2>
        {extra}
      </div>
      {intro !== undefined && <p className="panel-intro">{intro}</p>}
      {children}
    </section>
  );
}
