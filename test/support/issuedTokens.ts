/**
 * Tokens as they are issued, by who issues them. Written down apart from the rules of redaction and from their examples, so that
 * a gap in those is not repeated here. `{A36}` is 36 random characters of an alphabet (see `samples.ts`); `[[` and `]]`
 * enclose the secret where it is not all of it.
 */
export const issuedTokens: readonly string[] = [
  // AI providers
  'sk-ant-api03-{w93}AA', 'sk-ant-oat01-{w93}AA', 'sk-ant-admin01-{w93}AA', 'sk-proj-{w74}T3BlbkFJ{w74}', 'sk-{A20}T3BlbkFJ{A20}',
  'sk-svcacct-{w74}', 'sk-or-v1-{x64}', 'sk-{x32}', 'gsk_{A52}', 'xai-{A80}', 'pplx-{A48}', 'hf_{L34}', 'r8_{A37}', 'AIzaSy{w33}',
  'tgp_v1_{w43}', 'e2b_{x40}', 'fc-{x32}', 'apify_api_{A36}', 'bb_live_{w27}', 'BSA{w28}', 'jina_{x32}{w28}', 'pa-{w43}', 'pcsk_{A5}_{A63}',
  'lsv2_pt_{x32}_{x10}', 'sk-lf-{x8}-{x4}-{x4}-{x4}-{x12}', 'nvapi-{w64}', 'rpa_{U38}{a8}', 'csk-{a48}', 'tvly-dev-{A32}', 'fw_{A24}',
  'esecret_{a38}', 'wandb_v1_{w77}', 'ABSKQmVkcm9ja0FQSUtleS{b108}=', 'sk-cp-{w100}', 'r8_{w37}', 'dg_{x40}', 'secret_ci_{x32}.{A32}',
  'AQ.Ab8RN6{w44}', 'ghu_{A36}', 'tuk_{w43}', 'cog_{a52}', 'key_{x64}', 'crsr_{x64}', 'LLM|{d15}|{w27}',
  // Clouds
  'AKIA{U16}', 'ASIA{U16}', 'GOOG1E{U57}', 'ya29.a0{w160}', '1//0{w64}', 'GOCSPX-{w28}', 'LTAI5t{A18}', 'AKID{A32}', 'AKLT{A44}', 'ALTAK{A21}',
  'AQVN{w36}', 't1.{w60}.{w86}', 'y0_AgAAAA{w50}', 'dop_v1_{x64}', 'doo_v1_{x64}', 'SCW{U17}', '{A3}8Q~{A34}', '{A76}AZDO{A4}', '{A52}JQQJ99{A26}',
  'HRKU-AA{w58}', 'fo1_{w43}', 'fm2_lJPECAAA{b80}', 'FlyV1 [[fm2_{b120}]]', 'rnd_{A28}', 'nfp_{A36}', 'vcp_{A56}', 'sbp_{x40}', 'sb_secret_{w22}_{w8}',
  'pscale_tkn_{w43}', 'pscale_pw_{w43}', 'napi_{a64}', 'xau_{A32}0', 'fnAE{w36}', 'dapi{x32}', 'dapi{x32}-2', 'dose{x32}', 'hvs.{w90}', 'hvb.{w138}',
  '{A14}.atlasv1.{A67}', 'pul-{x40}', 'dp.pt.{A43}', 'dp.st.prd.{A43}', 'ops_eyJ{w250}', 'AGE-SECRET-KEY-1{U58}', 'tskey-auth-{A12}CNTRL-{A32}',
  'cr_{A48}', 'v1.0-{x24}-{x146}', 'railway_{w36}', 'nf-eyJ{w33}.eyJ{w70}.{w43}', 'cfut_{A40}{x8}', 'cfat_{A40}{x8}', 'st.{x24}.{x32}.{x32}',
  'akab-{a16}-{a16}', 'essu_{w60}', 'eyJ{w33}.eyJ{w70}.{w43}', 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..{w16}.{w60}.{w22}',
  // Code hosts, registries, builds
  'ghp_{A36}', 'gho_{A36}', 'ghs_{A36}', 'ghr_{A76}', 'github_pat_{A22}_{A59}', 'glpat-{w20}', 'glpat-{w27}.01.{a9}', 'gldt-{w20}', 'glptt-{x40}',
  'glrt-{w20}', 'glcbt-64_{w20}', 'GR1348941{w20}', 'ATBB{A32}', 'ATATT3xFfGF0{w172}={X8}', 'ATCTT3xFfGN0{w170}={X8}', 'ATTA{x64}', 'npm_{A36}',
  'pypi-AgEIcHlwaS5vcmc{w150}', 'pypi-AgENdGVzdC5weXBpLm9yZw{w150}', 'rubygems_{x48}', 'oy2{a43}', 'cio{A32}', 'dckr_pat_{w27}', 'CLOJARS_{x60}',
  'AKCp{A69}', 'cmVmdGtu{A56}', 'CCIPAT_{A22}_{x40}', 'CCIPRJ_{A22}_{x40}', 'bkua_{x40}', 'squ_{x40}', 'sqp_{x40}', 'sgp_{x16}_{x40}', 'PMAK-{x24}-{x34}',
  'snyk_uat.{x8}.{w43}', 'lin_api_{A40}', 'ntn_{d11}{A35}', 'secret_{A43}', 'figd_{w43}', 'pat{A14}.{x64}', 'pk_{d8}_{U32}', 'tk_{d8}_{U32}',
  'sntrys_eyJ{b80}_{b43}', 'sntryu_{x64}', 'CFPAT-{w43}', 'tfp_{w59}', 'sl.u.{w140}', 'sl.{w140}', 'hbp_{A36}', 'rdme_xn8s9h{x64}', 'dckr_oat_{w32}',
  'EXPO_{w40}', 'hexpm_{x32}', 'bkct_{x40}', 'sha256~{w43}',
  // Payment, shops
  'sk_live_{A24}', 'sk_live_51{A97}', 'rk_live_{A99}', 'sk_test_{A24}', 'whsec_{A32}', 'sq0csp-{w43}', 'EAAAE{w59}', 'sq0atp-{w22}', 'shpat_{x32}',
  'shpss_{x32}', 'ck_{x40}', 'cs_{x40}', 'rzp_live_{A14}', 'live_{A30}', 'FLWSECK-{x32}-X', 'access-production-{x8}-{x4}-{x4}-{x4}-{x12}', 'oa_prod_{w43}',
  'access_token$production${a16}${x32}', 'pdl_live_apikey_01{a24}_{A22}_{A3}', 'A21AA{w90}', 'AQE{w60}-{b43}=-{w16}', 'amzn.mws.{x8}-{x4}-{x4}-{x4}-{x12}',
  'shippo_live_{x40}', 'EZAK{x32}{A22}', 'duffel_live_{w43}', 'APP_USR-{d16}-{d6}-{x32}-{d9}', '$aact_prod_{b70}', 'live_sk_{A26}', 'xnd_production_{A40}',
  // Chat, mail, telephony
  'xoxb-{d12}-{d13}-{A24}', 'xoxp-{d12}-{d12}-{d13}-{x32}', 'xapp-1-A{U10}-{d13}-{x64}', 'xoxe.xoxp-1-{w166}', 'xoxc-{d12}-{d12}-{d13}-{x64}', 'xoxd-{w120}',
  'https://hooks.slack.com/services/[[T{U8}/B{U10}/{A24}]]', 'https://discord.com/api/webhooks/{d18}/[[{w68}]]', 'https://discordapp.com/api/webhooks/{d19}/[[{w68}]]',
  'MT{A24}.{w6}.{w38}', 'mfa.{w84}', '{d10}:AA{w33}', 'https://acme.webhook.office.com/webhookb2/[[{x8}-{x4}-{x4}-{x4}-{x12}@{x8}-{x4}-{x4}-{x4}-{x12}/IncomingWebhook/{x32}/{x8}-{x4}-{x4}-{x4}-{x12}]]',
  'https://prod-12.westeurope.logic.azure.com:443/workflows/{x32}/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=[[{w43}]]',
  'https://chat.googleapis.com/v1/spaces/AAAA{A7}/messages?key=[[{w39}]]&token=[[{w43}]]', 'SK{x32}', 'SG.{w22}.{w43}', 'key-{x32}', '{x32}-us14',
  'xkeysib-{x64}-{A16}', 're_{A8}_{A24}', 'mlsn.{x64}', 'pk_{x34}', 'NRAK-{U27}', '{x36}NRAL', 'glsa_{A32}_{x8}', 'glc_eyJ{b120}', 'eyJrIjoi{b60}',
  'hcaik_01{a26}{a32}', 'ddapp_{A34}', 'ddpat_{A34}', 'phx_{A43}', 'dt0c01.{U24}.{U64}', 'dG9rOj{b54}=', 'api_live.{w11}.{w32}', 'EAAC{A120}', 'EAAG{A150}',
  'IGQV{w140}', 'AAAAAAAAAAAAAAAAAAAAA{b60}%3D{b30}', 'pina_{U88}', 'WPL_AP1.{A16}.{b8}==', 'pat-na1-{x8}-{x4}-{x4}-{x4}-{x12}', '00D{A12}!{A96}', '5Aep861{w60}',
  'dp.scim.{A43}', 'sec-c-{b48}', 'sk.eyJ{w84}.{w22}', 'secret-live-{w35}=', 'sdk-{x8}-{x4}-{x4}-{x4}-{x12}', 'api-{x8}-{x4}-{x4}-{x4}-{x12}', 'jca_{A36}',
  'https://{x32}:[[{x32}]]@o{d6}.ingest.sentry.io/{d7}', 'https://[[{x32}]]@o{d6}.ingest.us.sentry.io/{d7}', 'https://api.telegram.org/bot[[{d10}:AA{w33}]]/sendMessage',
  'https://events.pagerduty.com/integration/[[{x32}]]/enqueue', 'https://api.opsgenie.com/v1/json/zapier?apiKey=[[{x8}-{x4}-{x4}-{x4}-{x12}]]',
  'https://hooks.zapier.com/hooks/catch/{d7}/[[{a7}]]/', 'https://maker.ifttt.com/trigger/x/with/key/[[{w43}]]', 'https://mainnet.infura.io/v3/[[{x32}]]',
  'https://eth-mainnet.g.alchemy.com/v2/[[{w32}]]', 'https://hc-ping.com/[[{x8}-{x4}-{x4}-{x4}-{x12}]]',
  // Keys in themselves
  'xprv9s21ZrQH143K{A96}', 'otpauth://totp/Acme:jane?secret=[[{U32}]]&issuer=Acme', 'cloudinary://{d15}:[[{w27}]]@acme',
  'AccountKey=[[{b86}==]]', 'SharedAccessSignature sr=x&sig=[[{A40}%3D]]&se=1', 'sv=2022-11-02&ss=b&srt=sco&sp=rl&se=2026-01-01&sig=[[{b43}%3D]]',
  'X-Amz-Security-Token=[[IQoJb3JpZ2luX2Vj{b300}]]', '$2b$12${b53}', '$argon2id$v=19$m=65536,t=3,p=4${b22}${b43}', '$6$rounds=5000${A16}${b86}', '{SSHA}{b40}',
  '$apr1${A8}${b22}', 'sha1$' + '{A12}${x40}', 'scrypt:32768:8:1${A16}${x128}', 'pbkdf2_sha256$720000${A22}${b43}=', 'SCRAM-SHA-256$4096:{b24}${b43}=:{b43}=',
]; // prettier-ignore
