import { useQuery } from '@tanstack/react-query';
import { Checkbox, Modal, Select } from 'antd';
import { useState } from 'react';
import { type DayRange, summaryQuery, type WeakSpot } from '../../api/insight.ts';
import { Fault } from '../../shared/fault.tsx';
import { useMakeDraft } from './use-make-draft.tsx';

interface Props {
  readonly range: DayRange;
  readonly questions: readonly string[];
  readonly nearest: WeakSpot['nearest'];
  readonly onClose: () => void;
  readonly onMade: () => void;
}

const idOf = ({ documentId, section }: { readonly documentId: string; readonly section: number }): string => `${documentId}#${section}`;

/** Makes what was asked alternate questions of a section. */
export function AlternateDialog({ range, questions, nearest, onClose, onMade }: Props) {
  const [chosen, setChosen] = useState<readonly string[]>(questions);
  const [place, setPlace] = useState<string | null>(nearest && idOf(nearest));
  const sections = useQuery(summaryQuery(range));
  const making = useMakeDraft(() => {
    onMade();
    onClose();
  });
  const isReady = place !== null && chosen.length > 0;
  return (
    <Modal
      open
      title="加为问法"
      okText="加入草稿"
      cancelText="取消"
      okButtonProps={{ disabled: !isReady, loading: making.isPending }}
      onOk={() => place !== null && making.mutate({ kind: 'alternate', place, questions: [...chosen] })}
      onCancel={onClose}
    >
      <p className="panel-intro">以后再这样问，会用选中的章节来回答。</p>
      <Checkbox.Group
        className="dialog-choices"
        value={[...chosen]}
        options={questions.map((question) => ({ value: question, label: question }))}
        onChange={(values) => setChosen(values)}
      />
      <p className="gap-above" id="alternate-place">
        用来回答的章节
      </p>
      <Select
        className="full"
        aria-labelledby="alternate-place"
        placeholder="选择章节"
        showSearch={{ optionFilterProp: 'label' }}
        loading={sections.isPending}
        value={place}
        options={(sections.data?.sections ?? []).map((section) => ({
          value: idOf(section),
          label: `${section.documentTitle} · ${section.section}. ${section.sectionTitle}`,
        }))}
        onChange={setPlace}
      />
      <Fault error={making.error ?? sections.error} />
    </Modal>
  );
}
