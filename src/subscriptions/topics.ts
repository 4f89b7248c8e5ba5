import { CATEGORIES, CATEGORY_IDS, type Category } from '../domain/categories.ts';
import type { LibraryRecord } from '../domain/record.ts';
import { isTopicWords, type Topic } from '../domain/subscription.ts';

const ALL = /^(?:全部|所有|一切|全部政策|所有政策|all)$/i;
/** What people say around a topic. */
const AROUND = /^(?:有关|关于)|(?:的?(?:最新)?(?:政策|消息|通知|文件|信息|内容|动态|方面))+$/g;
/** Short words for categories; the official names are known anyway. */
const SHORT: Readonly<Record<Category, readonly string[]>> = {
  subsidy: ['补贴', '奖励', '补助'],
  financing: ['融资', '白名单', '贷款', '金融'],
  talent: ['人才', '引才'],
  approval: ['审批', '政务服务', '办事'],
  industry: ['产业', '招商'],
  development: ['用地', '建设', '厂房'],
  livelihood: ['民生'],
  governance: ['治理', '安全'],
  party: ['党建'],
};

/** What a topic is called. */
export const topicName = ({ scope, value }: Topic): string =>
  scope === 'all' ? '全部政策' : scope === 'category' ? (CATEGORIES[value as Category] ?? value) : value;

const industriesOf = (record: LibraryRecord): readonly string[] => (record.kind === 'policy' ? record.facts.industries : []);
const regionOf = (record: LibraryRecord): string | null => (record.kind === 'policy' ? record.facts.region : null);

/** The topic some words name: a category, or an industry or region that some policy states. Null: none we know. */
export function readTopic(words: string, records: readonly LibraryRecord[]): Topic | null {
  const text = words.normalize('NFKC').replaceAll(/[\s“”"「」《》。！!？?，,]/gu, '');
  if (ALL.test(text)) return { scope: 'all', value: '' };
  const bare = text.replaceAll(AROUND, '');
  if (bare === '') return null;
  const category = CATEGORY_IDS.find((id) => id === text || CATEGORIES[id] === text || CATEGORIES[id] === bare || SHORT[id].includes(bare));
  if (category) return { scope: 'category', value: category };
  if (!isTopicWords(bare)) return null;
  if (records.some((record) => industriesOf(record).includes(bare))) return { scope: 'industry', value: bare };
  if (records.some((record) => regionOf(record) === bare)) return { scope: 'region', value: bare };
  return null;
}

/** Whether a record is news for who subscribed to a topic. */
export function isAbout(record: LibraryRecord, { scope, value }: Topic): boolean {
  switch (scope) {
    case 'all':
      return true;
    case 'category':
      return record.category === value || record.sections.some(({ categories }) => categories.includes(value as Category));
    case 'industry':
      return industriesOf(record).includes(value);
    case 'region':
      return regionOf(record) === value;
  }
}
