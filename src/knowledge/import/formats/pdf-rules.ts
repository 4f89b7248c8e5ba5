/** A drawn straight line: where it lies across its direction, and from where to where it runs. Points, origin at the bottom left. */
export interface Rule {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export interface Rules {
  readonly horizontal: readonly Rule[];
  readonly vertical: readonly Rule[];
}

/** The operators of PDF.js that matter here, by number. */
export interface Operators {
  readonly save: number;
  readonly restore: number;
  readonly transform: number;
  readonly constructPath: number;
  readonly stroke: number;
  readonly closeStroke: number;
  readonly fillStroke: number;
  readonly endPath: number;
  readonly clip: number;
}

type Matrix = readonly [number, number, number, number, number, number];

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
/** Lines are drawn as strokes or as filled bars; a bar thicker than this is an area. */
const THICKEST = 3;
const SHORTEST = 4;
const MOST_RULES = 20_000;
const [MOVE, LINE, CURVE, QUADRATIC, CLOSE] = [0, 1, 2, 3, 4];

const multiply = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[2] * n[1],
  m[1] * n[0] + m[3] * n[1],
  m[0] * n[2] + m[2] * n[3],
  m[1] * n[2] + m[3] * n[3],
  m[0] * n[4] + m[2] * n[5] + m[4],
  m[1] * n[4] + m[3] * n[5] + m[5],
];

/** The horizontal and vertical lines a page draws, however it draws them. */
export function rulesOf(functions: readonly number[], args: readonly unknown[], ops: Operators): Rules {
  const horizontal: Rule[] = [];
  const vertical: Rule[] = [];
  const stack: Matrix[] = [];
  let matrix = IDENTITY;
  const add = (x0: number, y0: number, x1: number, y1: number): void => {
    const [left, right] = [Math.min(x0, x1), Math.max(x0, x1)];
    const [bottom, top] = [Math.min(y0, y1), Math.max(y0, y1)];
    if (top - bottom <= THICKEST && right - left >= SHORTEST) horizontal.push({ at: (top + bottom) / 2, from: left, to: right });
    else if (right - left <= THICKEST && top - bottom >= SHORTEST) vertical.push({ at: (left + right) / 2, from: bottom, to: top });
  };
  for (let index = 0; index < functions.length && horizontal.length + vertical.length < MOST_RULES; index++) {
    const operator = functions[index];
    if (operator === ops.save) stack.push(matrix);
    else if (operator === ops.restore) matrix = stack.pop() ?? IDENTITY;
    else if (operator === ops.transform) matrix = multiply(matrix, args[index] as Matrix);
    else if (operator === ops.constructPath) {
      const [paint, [path]] = args[index] as [number, [ArrayLike<number> | null]];
      if (!path || paint === ops.endPath || paint === ops.clip) continue;
      const isStroke = paint === ops.stroke || paint === ops.closeStroke || paint === ops.fillStroke;
      for (const points of subpaths(path, matrix)) addSubpath(points, isStroke, add);
    }
  }
  return { horizontal, vertical };
}

type Point = readonly [number, number];

function addSubpath(points: readonly Point[], isStroke: boolean, add: (x0: number, y0: number, x1: number, y1: number) => void): void {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] as const;
  if (box[2] - box[0] <= THICKEST || box[3] - box[1] <= THICKEST) add(...box);
  else if (isStroke) for (let at = 1; at < points.length; at++) add(...points[at - 1]!, ...points[at]!);
}

/** Corner points of each subpath, on the page. A curve ends a subpath: tables have none. */
function* subpaths(path: ArrayLike<number>, matrix: Matrix): Generator<Point[]> {
  const place = (x: number, y: number): Point => [matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]];
  let points: Point[] = [];
  for (let at = 0; at < path.length; ) {
    const operator = path[at++];
    if (operator === MOVE) {
      if (points.length > 1) yield points;
      points = [place(path[at]!, path[at + 1]!)];
      at += 2;
    } else if (operator === LINE) {
      points.push(place(path[at]!, path[at + 1]!));
      at += 2;
    } else if (operator === CLOSE) {
      if (points.length > 1) yield [...points, points[0]!];
      points = points.slice(0, 1);
    } else if (operator === CURVE || operator === QUADRATIC) {
      points = [];
      at += operator === CURVE ? 6 : 4;
    } else return;
  }
  if (points.length > 1) yield points;
}
