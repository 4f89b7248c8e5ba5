/** Lines that belong to the web page or the printed sheet a text comes from, not to the document. */
const FURNITURE =
  /^(扫一扫.*|.*公网安备.*|.*ICP备.*|打印(本页|此页)?|关闭(窗口|本页)?|分享(到.*)?|上一篇.*|下一篇.*|【?字体.*|\[?字号.*|(您)?当前位置.*|首页\s*[>›»].*|浏览(次数|量).*|阅读(次数|量).*|责任编辑.*|网站标识码.*|版权所有.*|相关(附件|链接|解读|稿件)下载?)$/;

export const isPageFurniture = (line: string): boolean => FURNITURE.test(line);
