import './facts-block.css';
import type { BlockView } from '../../channels/web/schemas.ts';

/** What a policy grants, until when and who decides: labels and values. */
export function FactsBlock({ items }: Pick<Extract<BlockView, { kind: 'facts' }>, 'items'>) {
  return (
    <dl className="block-facts">
      {items.map(({ label, value }, index) => (
        // Facts of a reply never change their order.
        <div key={index}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
