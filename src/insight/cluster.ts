/** What is grouped: the tokens that say what it is about, each with what it counts, and how often it was said. */
export interface ToGroup {
  readonly tokens: ReadonlyMap<string, number>;
  readonly count: number;
}

/**
 * The cosine from which two questions belong together. Measured with questions asked in many ways about known sections: at 0.25 two in five join
 * another, and two of three that stand together ask for the same; lower, groups mix what has nothing in common.
 */
const SAME_FROM = 0.25;

/** A question as a direction among all tokens, of length one. */
interface Vector {
  readonly tokens: readonly number[];
  readonly weights: readonly number[];
}

/**
 * Groups what is alike in one pass, the most frequent first: each joins the group whose centre it is nearest to, if that is near enough, or opens one
 * of its own. Tokens that few have count most. Stops after each small piece of work, so that others can be served in between.
 * @param items in an order that decides between equals
 * @returns groups of indices into `items`, each with the most frequent first
 */
export function* cluster(items: readonly ToGroup[]): Generator<void, (readonly number[])[]> {
  const order = items.map((_, at) => at).sort((a, b) => items[b]!.count - items[a]!.count || a - b);
  const vectors = yield* vectorsOf(items);
  const groups: number[][] = [];
  const centres = createCentres();
  for (const at of order) {
    const { id, cosine } = centres.nearest(vectors[at]!);
    const joined = id < 0 || cosine < SAME_FROM ? groups.push([]) - 1 : id;
    groups[joined]!.push(at);
    centres.add(joined, vectors[at]!);
    yield;
  }
  return groups;
}

function* vectorsOf(items: readonly ToGroup[]): Generator<void, Vector[]> {
  const ids = new Map<string, number>();
  const holders: number[] = [];
  const known: { readonly tokens: number[]; readonly weights: number[] }[] = [];
  for (const item of items) {
    const [tokens, weights]: [number[], number[]] = [[], []];
    for (const [token, weight] of item.tokens) {
      const id = ids.get(token) ?? ids.size;
      ids.set(token, id);
      holders[id] = (holders[id] ?? 0) + 1;
      tokens.push(id);
      weights.push(weight);
    }
    known.push({ tokens, weights });
    yield;
  }
  return known.map(({ tokens, weights }) => {
    const rare = tokens.map((token, at) => weights[at]! * Math.log(1 + items.length / holders[token]!));
    const length = Math.hypot(...rare) || 1;
    return { tokens, weights: rare.map((weight) => weight / length) };
  });
}

/** The centres of groups: sums of what joined them, by token. */
function createCentres() {
  /** By token: what it weighs in the groups that hold it. */
  const sums: Map<number, number>[] = [];
  const squares: number[] = [];
  const products: number[] = [];

  return {
    /** The centre with the least angle to a vector; `id` is -1 when none has anything in common with it. */
    nearest({ tokens, weights }: Vector): { readonly id: number; readonly cosine: number } {
      const touched: number[] = [];
      for (const [at, token] of tokens.entries()) {
        for (const [id, sum] of sums[token] ?? []) {
          if (products[id] === 0) touched.push(id);
          products[id] = products[id]! + weights[at]! * sum;
        }
      }
      let best = { id: -1, cosine: 0 };
      for (const id of touched) {
        const cosine = products[id]! / Math.sqrt(squares[id]!);
        // As near: the one opened first.
        if (cosine > best.cosine || (cosine === best.cosine && id < best.id)) best = { id, cosine };
        products[id] = 0;
      }
      return best;
    },

    /** @param id of a centre there is, or the next number */
    add(id: number, { tokens, weights }: Vector): void {
      let product = 0;
      for (const [at, token] of tokens.entries()) {
        const holders = (sums[token] ??= new Map());
        const sum = holders.get(id) ?? 0;
        product += sum * weights[at]!;
        holders.set(id, sum + weights[at]!);
      }
      squares[id] = (squares[id] ?? 0) + 2 * product + 1;
      products[id] = 0;
    },
  };
}
