import type { ReactNode } from 'react';

/** Line drawings on a 20 × 20 grid, in the colour of the text beside them. Decoration only: the words next to them carry the meaning. */
function Icon({ children }: { readonly children: ReactNode }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export const ArrowUpIcon = () => (
  <Icon>
    <path d="M10 16V4.5M5 9.2 10 4.2l5 5" />
  </Icon>
);

export const ChevronIcon = () => (
  <Icon>
    <path d="m8 5 5 5-5 5" />
  </Icon>
);

export const CloseIcon = () => (
  <Icon>
    <path d="m5 5 10 10M15 5 5 15" />
  </Icon>
);

export const PlusIcon = () => (
  <Icon>
    <path d="M10 4.5v11M4.5 10h11" />
  </Icon>
);

export const CopyIcon = () => (
  <Icon>
    <rect x="7" y="7" width="9" height="9" rx="2" />
    <path d="M13 7V5.5A1.5 1.5 0 0 0 11.5 4h-6A1.5 1.5 0 0 0 4 5.5v6A1.5 1.5 0 0 0 5.5 13H7" />
  </Icon>
);

export const CheckIcon = () => (
  <Icon>
    <path d="m4.5 10.5 3.8 3.8 7.2-8" />
  </Icon>
);

export const ThumbUpIcon = () => (
  <Icon>
    <path d="M6.5 9v7.5m0-7.5H4a.8.8 0 0 0-.8.8v5.9c0 .4.4.8.8.8h2.5M6.5 9l3-5.6c1.2 0 2 .9 2 2.1V8h4c1 0 1.7.9 1.5 1.9l-1 5.2c-.2.8-.8 1.4-1.6 1.4H6.5" />
  </Icon>
);

export const ThumbDownIcon = () => (
  <span className="icon-turned">
    <ThumbUpIcon />
  </span>
);

export const PageIcon = () => (
  <Icon>
    <path d="M5.5 3.5h6l3.5 3.5v9.5h-9.5zM11.5 3.5V7H15M8 10.5h4.5M8 13.3h4.5" />
  </Icon>
);
