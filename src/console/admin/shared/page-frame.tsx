import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'react-router';

interface Props {
  readonly title: string;
  /** What the page is for, in a sentence. */
  readonly intro?: ReactNode;
  /** Beside the heading: states of what the page shows. */
  readonly tags?: ReactNode;
  readonly actions?: ReactNode;
  /** The page above this one. */
  readonly back?: { readonly to: string; readonly label: string };
  readonly children: ReactNode;
}

/** Heading, actions and content of a page. Its heading takes the focus, so that a screen reader tells where one has come. */
export function PageFrame({ title, intro, tags, actions, back, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · 问策管理后台`;
  }, [title]);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }, []);
  return (
    <div className="page">
      {back && (
        <Link className="page-back" to={back.to}>
          ← {back.label}
        </Link>
      )}
      <header className="page-head">
        <div className="page-words">
          <div className="page-title">
            <h1 ref={heading} tabIndex={-1}>
              {title}
            </h1>
            {tags}
          </div>
          {intro !== undefined && <p className="page-intro">{intro}</p>}
        </div>
        {actions !== undefined && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
