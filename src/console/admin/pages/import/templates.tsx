import { DownloadOutlined } from '@ant-design/icons';
import { address } from '../../api/client.ts';
import { Panel } from '../../shared/panel.tsx';

/** Empty tables to be filled in. */
export function Templates() {
  return (
    <Panel title="表格模板" intro="问答和办事指南可以用表格批量填写。用 Excel 打开模板，每行一条，填好后在上面导入。">
      <ul className="downloads">
        <li>
          <a href={address('templates/faq.csv')} download>
            <DownloadOutlined aria-hidden /> 问答模板（CSV）
          </a>
        </li>
        <li>
          <a href={address('templates/procedure.csv')} download>
            <DownloadOutlined aria-hidden /> 办事指南模板（CSV）
          </a>
        </li>
      </ul>
    </Panel>
  );
}
