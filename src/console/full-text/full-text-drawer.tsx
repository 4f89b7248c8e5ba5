import './full-text-drawer.css';
import { useEffect, useRef } from 'react';
import type { SectionView } from '../../channels/web/schemas.ts';
import { FAULT_WORDS } from '../api/fault.ts';
import { Beside } from '../shared/beside.tsx';
import { CloseIcon } from '../shared/icons.tsx';
import { FullText } from './full-text.tsx';
import { keepFocusInside } from './keep-focus-inside.ts';
import { useSection } from './use-section.ts';

export interface FullTextRequest {
  readonly documentId: string;
  readonly section: number;
  /** As it was quoted; null the text in force. */
  readonly revision: number | null;
  /** Pieces of the text to mark. */
  readonly quotes: readonly string[];
}

/** The whole section a quote comes from, over the page. Esc, the cross and a click beside it close it; the focus returns to where it was. */
export function FullTextDrawer({ request, onClose }: { readonly request: FullTextRequest; readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { state, retry } = useSection(request.documentId, request.section, request.revision);
  const section = state.status === 'ready' ? state.section : null;

  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    const before = document.activeElement;
    element.showModal();
    return () => {
      element.close();
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);

  return (
    <dialog
      ref={dialog}
      className="drawer"
      aria-labelledby="drawer-title"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClose={() => {
        if (dialog.current?.open === false) onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
      onKeyDown={keepFocusInside}
    >
      <div className="drawer-sheet">
        <header className="drawer-head">
          <div>
            <p className="drawer-document">{section === null ? '政策原文' : `《${section.documentTitle}》`}</p>
            <h2 id="drawer-title">{section === null ? '正在打开…' : headingOf(section)}</h2>
            {section !== null && <Beside words={[section.part, section.issued]} />}
          </div>
          <button type="button" className="close-button" aria-label="关闭全文" onClick={onClose}>
            <CloseIcon />
          </button>
        </header>
        <div className="drawer-body" tabIndex={0} role="region" aria-label="全文">
          {state.status === 'loading' && (
            <div className="drawer-loading" role="status">
              <span className="visually-hidden">正在读取全文…</span>
              <i />
              <i />
              <i />
              <i />
            </div>
          )}
          {state.status === 'failed' && (
            <div className="drawer-fault" role="alert">
              <p className="fault-title">{FAULT_WORDS[state.fault].title}</p>
              <p className="fault-advice">{FAULT_WORDS[state.fault].advice}</p>
              <button type="button" className="button" onClick={retry}>
                重试
              </button>
            </div>
          )}
          {section !== null && <FullText section={section} quotes={request.quotes} />}
        </div>
      </div>
    </dialog>
  );
}

/** Sections from here on are made from fields of the record; their numbers mean nothing to a reader. */
const MADE_FROM = 9000;

/** Articles of a law say their numbers themselves. */
const SAYS_ITS_NUMBER = /^第[\d一二三四五六七八九十百千零〇]+[条款章节]/u;

/** Only sections of a policy are known by their numbers. */
function headingOf({ kind, section, title }: SectionView): string {
  const needsNone = kind !== undefined || section === 0 || section >= MADE_FROM || SAYS_ITS_NUMBER.test(title);
  return needsNone ? title : `第${section}节 ${title}`;
}
