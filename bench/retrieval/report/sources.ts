/** Test data this benchmark knows by the name of its folder; none of it is part of the project. */
export const SOURCES: Readonly<Record<string, { readonly what: string; readonly source: string; readonly licence: string }>> = {
  ncpqa_psg: {
    what: 'questions on local-government policies for enterprises (2020) → passage of the policy',
    source: 'DataFountain 424, via github.com/wjunneng/2020-DataFountain-Outbreak-Assistant',
    licence: 'none stated',
  },
  kcg_gov_faq: {
    what: "citizens' questions → official answer of one of 33 bureaus of a city government, in simplified script",
    source: 'public FAQ of Kaohsiung City, via github.com/yuzi125/ask_robot',
    licence: 'none stated',
  },
  stard_lite: {
    what: "laypeople's questions → article of a statute",
    source: 'STARD (github.com/oneal2000/STARD), articles from github.com/LawRefBook/Laws',
    licence: 'MIT; statutes are outside copyright',
  },
};

/** The passages that are added for size. */
export const DISTRACTORS = 'articles of local regulations (github.com/LawRefBook/Laws; statutes are outside copyright)';
