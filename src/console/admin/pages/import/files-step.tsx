import { DeleteOutlined, InboxOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber, Progress, Select, Upload } from 'antd';
import { useState } from 'react';
import type { Category, ImportRequest } from '../../api/types.ts';
import { Panel } from '../../shared/panel.tsx';
import { CATEGORY_NAMES, optionsOf } from '../../words/names.ts';
import { bytes } from '../../words/time.ts';
import { MOST_FILES, type Sending, useUploads } from './use-uploads.ts';

const ACCEPTED = '.docx,.pdf,.html,.htm,.md,.txt,.xlsx,.csv';

/** Files to be read, and what holds for all of them. */
export function FilesStep({ onReady }: { readonly onReady: (request: ImportRequest) => void }) {
  const { files, add, drop } = useUploads();
  const [category, setCategory] = useState<Category | null>(null);
  const [issuingBody, setIssuingBody] = useState('');
  const [year, setYear] = useState<number | null>(null);
  const uploads = files.flatMap(({ id }) => (id === null ? [] : [id]));
  const isSending = files.some(({ id, fault }) => id === null && fault === null);
  return (
    <Panel title="选择文件">
      <Upload.Dragger
        multiple
        accept={ACCEPTED}
        showUploadList={false}
        disabled={files.length >= MOST_FILES}
        beforeUpload={(file) => {
          add(file);
          return false;
        }}
      >
        <p className="drop-icon" aria-hidden="true">
          <InboxOutlined aria-hidden />
        </p>
        <p className="drop-words">把文件拖到这里，或点击选择</p>
        <p className="quiet">Word（.docx）、PDF、网页、Markdown、文本、Excel（.xlsx）、CSV；每份不超过 20 MB，一次最多 {MOST_FILES} 份</p>
      </Upload.Dragger>
      {files.length > 0 && (
        <ul className="uploads" aria-label="已选文件">
          {files.map((sending) => (
            <FileLine key={sending.key} sending={sending} onDrop={() => drop(sending.key)} />
          ))}
        </ul>
      )}
      <Form layout="vertical" component="div" className="fields gap-above">
        <Form.Item label="类别" htmlFor="import-category" extra="不选则按标题判断">
          <Select
            id="import-category"
            aria-label="类别"
            allowClear
            value={category}
            options={optionsOf(CATEGORY_NAMES)}
            onChange={(chosen) => setCategory(chosen ?? null)}
          />
        </Form.Item>
        <Form.Item label="发文机关" htmlFor="import-body" extra="填了就以此为准">
          <Input id="import-body" maxLength={100} value={issuingBody} onChange={({ target }) => setIssuingBody(target.value)} />
        </Form.Item>
        <Form.Item label="年份" htmlFor="import-year" extra="填了就以此为准">
          <InputNumber id="import-year" className="full" min={1949} max={2200} precision={0} value={year} onChange={setYear} />
        </Form.Item>
      </Form>
      <Button
        type="primary"
        size="large"
        disabled={uploads.length === 0 || isSending}
        onClick={() => onReady({ uploads, category, issuingBody: issuingBody.trim() || null, year })}
      >
        读取并生成计划
      </Button>
    </Panel>
  );
}

function FileLine({
  sending: { name, bytes: size, share, id, fault },
  onDrop,
}: {
  readonly sending: Sending;
  readonly onDrop: () => void;
}) {
  return (
    <li>
      <span className="upload-name">
        {name} <span className="quiet">{bytes(size)}</span>
      </span>
      {fault !== null ? (
        <span className="bad-news" role="alert">
          {fault}
        </span>
      ) : (
        <Progress
          className="upload-share"
          size="small"
          percent={Math.floor(share * 100)}
          status={id === null ? 'active' : 'success'}
          aria-label={`${name} 上传进度`}
        />
      )}
      <Button type="text" icon={<DeleteOutlined aria-hidden />} aria-label={`移除 ${name}`} onClick={onDrop} />
    </li>
  );
}
