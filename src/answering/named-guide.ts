import { GUIDE_ASPECTS } from '../domain/guide.ts';
import type { LibraryRecord, Section } from '../domain/record.ts';
import type { Thesaurus } from '../text/thesaurus.ts';
import { comparable } from '../text/tokens.ts';

type Tab = (typeof GUIDE_ASPECTS)[number]['tab'];

/** How people ask for what a tab of a guide says, in comparable text. The first that fits takes the words it stands on. */
const ASKED: readonly (readonly [Tab, RegExp])[] = [
  ['窗口与电话', /(材料|资料|申请)?(要|该|可以)?(交|送|递交?|寄|提交)(到|给|去)?(哪里?|哪儿|哪个部门|什么地方)/g],
  ['材料', /(申请|申报|所需)?(的)?(材料|资料|证件|复印件|原件)(清单)?|(要|得|需要?)?(带|准备|提交|交|提供)(些|上)?(什么|哪些|啥)(东西)?/g],
  [
    '时限与费用',
    /(要|得|需要?)?(多久|多长时间|几天|多少天|(几|多少)个?工作日)(才|能|可以|就)*(办好|办完|办结|办下来|下来|拿到|出来|办)?|时限|期限|什么时候(能|可以)?(办好|办完|办结|办下来|拿到|下来)|办结|收费(标准)?|收多少|费用|要钱|花钱|免费|手续费|工本费/g,
  ],
  [
    '窗口与电话',
    /(咨询|联系|服务)?(电话|热线)(号码)?|联系方式|(在|去|到|上)?(哪里?|哪儿|什么地方)(可以|能)?(申请|申办|办理?|领取?)?|地址|地点|(去|到|在)?(哪个|几号)?窗口|几点(上班|下班|开门)?|上班时间|办公时间|网上(可以|能)?办理?|网址|跑(几|多少)(趟|次)|投诉/g,
  ],
  [
    '条件',
    /(申请|办理)?(的)?(条件|资格)|(有)?(什么|哪些|啥)要求|(谁|哪些人|哪些企业|什么企业|什么人)(可以|能|有资格)?(申请|申办|办理?|领)?|符合/g,
  ],
  ['流程', /(办理|申请)?(的)?(流程|步骤|程序|环节)|(怎么|如何|怎样|咋)(申请|申办|申报|办理?|领取?|弄|走)/g],
  ['依据与结果', /(设定|法律|政策)?依据|(办理)?结果|(怎么|如何)?(送达|领证)|复议|诉讼|哪个部门(管|负责|办理?)?/g],
];

/** 「多少钱」 is the fee of a service, but what is asked of a grant is what it grants. */
const ASKS_PRICE = /(要|需要?|得)?多少钱/g;
const IS_GRANT = /补贴|补助|奖|资助|扶持|津贴|贷款|退税|返还|待遇|补偿/;

/** Words of a question that name nothing. */
const FILLERS =
  /请问|想要?|需要?|办理?|申请|申办|申领|业务|手续|事项|服务|指南|什么|哪些|多少|怎么|如何|可以|能够?|我们?|你们|企业|公司|单位|个人|这个|那个|现在|目前|一般|大概|要|得|是|有|的|了|吗|呢|啊|呀|吧|和|与|及|在|去|到|对|给|个|些|来|时|都|还|那|这/g;

/** A guide is named when this share of its title stands in the question … */
const MIN_NAMED = 0.3;
/** … and at least so many characters. */
const MIN_CHARACTERS = 3;
/** Another guide that is named nearly as well makes it unclear which is meant. */
const CLEARLY = 0.9;

const LETTER = /[\p{Script=Han}a-z0-9]/gu;

/** A question taken apart: the tabs it asks for, and what else it says. */
interface Asked {
  readonly tabs: readonly Tab[];
  readonly rest: string;
}

function readTabs(text: string): Asked {
  const tabs = new Set<Tab>();
  let rest = text;
  const asked = IS_GRANT.test(text) ? ASKED : [...ASKED, ['时限与费用', ASKS_PRICE] as const];
  for (const [tab, words] of asked) {
    rest = rest.replaceAll(words, () => {
      tabs.add(tab);
      return ' ';
    });
  }
  return { tabs: [...tabs], rest };
}

/** The places of a text's characters that stand in another text too, in pairs or as one of its concepts. */
function sharedPlaces(text: string, other: string, thesaurus: Thesaurus): ReadonlySet<number> {
  const places = new Set<number>();
  for (let at = 0; at + 2 <= text.length; at++) {
    const pair = text.slice(at, at + 2);
    if (/\s/.test(pair) || !other.includes(pair)) continue;
    places.add(at).add(at + 1);
  }
  const concepts = new Set(thesaurus.allMatches(other).map(({ concept }) => concept));
  for (const { concept, start, end } of thesaurus.allMatches(text)) {
    if (concepts.has(concept)) for (let at = start; at < end; at++) places.add(at);
  }
  return places;
}

const without = (text: string, places: ReadonlySet<number>): string =>
  Array.from({ length: text.length }, (_, at) => (places.has(at) ? ' ' : text[at]!)).join('');

const lengthOf = (text: string): number => text.match(LETTER)?.length ?? 0;

/** How much of a record's title stands in a text, 0 to 1; 0 when the text speaks of something else besides. */
function namedBy(rest: string, { title }: LibraryRecord, thesaurus: Thesaurus): number {
  const name = comparable(title);
  const other = without(rest, sharedPlaces(rest, name, thesaurus)).replaceAll(FILLERS, '');
  if (lengthOf(other) > 0) return 0;
  const length = lengthOf(name);
  const said = length - lengthOf(without(name, sharedPlaces(name, rest, thesaurus)));
  return said < MIN_CHARACTERS ? 0 : said / length;
}

/** The tab of a guide, whatever its number. */
function tabSection({ sections }: LibraryRecord, tab: Tab): Section[] {
  const { title } = GUIDE_ASPECTS.find((aspect) => aspect.tab === tab)!;
  return sections.filter((section) => section.title === title).slice(0, 1);
}

/**
 * The tabs a question asks for of a guide that it names, or, when it names nothing, of the guide spoken of before.
 * @param text of the question, comparable @param records among which guides are looked for
 * @returns at most two; none when no guide is named clearly, or it has no such tab
 */
export function tabsAskedFor(
  text: string,
  records: readonly LibraryRecord[],
  before: LibraryRecord | null,
  thesaurus: Thesaurus,
): readonly Section[] {
  const { tabs, rest } = readTabs(text);
  if (tabs.length === 0) return [];
  const guide = namedGuide(rest, records, thesaurus) ?? (isEmpty(rest) && before?.kind === 'procedure' ? before : null);
  return guide ? tabs.flatMap((tab) => tabSection(guide, tab)).slice(0, MAX_TABS) : [];
}

const MAX_TABS = 2;

const isEmpty = (rest: string): boolean => lengthOf(rest.replaceAll(FILLERS, '')) === 0;

function namedGuide(rest: string, records: readonly LibraryRecord[], thesaurus: Thesaurus): LibraryRecord | null {
  const [best, second] = records
    .filter(({ kind }) => kind === 'procedure')
    .map((record) => ({ record, share: namedBy(rest, record, thesaurus) }))
    .filter(({ share }) => share >= MIN_NAMED)
    .sort((a, b) => b.share - a.share);
  return best && (!second || second.share < CLEARLY * best.share) ? best.record : null;
}
