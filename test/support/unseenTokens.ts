/**
 * Tokens as they are issued, a second set: written from the makers' documentation after the rules had been written, without
 * a look at them, and measured before any rule was mended, to learn how rules fare with formats that nobody had in mind.
 * `{A36}` is 36 random characters of an alphabet (see `samples.ts`); `[[` and `]]` enclose the secret where it is not all of it.
 */
export const unseenTokens: readonly string[] = [
  // AI providers
  'sk-ant-sid01-{w86}AA', 'sk-helicone-{a7}-{a7}-{a7}-{a7}', 'llx-{A48}', 'm0-{A40}', 'ak-{A22}:as-{A22}', '{x8}-{x4}-{x4}-{x4}-{x12}:{x32}', 'hf_oauth_{A60}', 'sk-litellm-{w40}',
  'gsk_{A20}WGdyb3FY{A24}', 'AIzaSyD{w32}', 'vck_{A56}', 'sk-{A48}', 'sk-proj-{w20}-{w20}_{w60}', 'r8_{A10}{L10}{A17}', 'nvapi-{w20}-{w43}', 'sk-or-v1-{x64}', 'xai-{A84}', 'pplx-{x56}', 'csk-{a52}', 'sk-kimi-{A64}',
  'cog_{A48}', 'tgp_v1_{w43}', 'lsv2_sk_{x32}_{x10}', 'apk_{A40}', 'ctx7sk-{x8}-{x4}-{x4}-{x4}-{x12}', 'fc-{x32}', 'bb_live_{w30}', 'dtn_{x64}', 'ghu_{A36}',
  // Clouds, hosting, databases, secret stores
  'ucat_{U26}', 'ddp_{A36}', 'ddo_{A36}', 'mdb_sa_sk_{w40}', 'AVNS_{w19}', 'CCDB1_{A22}_{A40}', 'dkea{x32}', 'at_{A10}_s1{A60}', '0.{x8}-{x4}-{x4}-{x4}-{x12}.{A30}:{b22}==', 'A3-{U6}-{U6}-{U5}-{U5}-{U5}-{U5}',
  'K005{b27}', '0x4AAAAAAA{w24}', 'EXO{x24}', 'hvs.CAESI{w90}', 'dp.sa.{A43}', 'dp.audit.{A43}', 'pul-{x40}', 'sbp_v0_{x40}', 'napi_{a64}', 'rnd_{A32}', 'FlyV1 [[fm2_lJPE{b200}==]]', 'ASIA{U16}', 'GOOG1E{U57}', 'ya29.c.{w200}',
  'aoss_{w40}', 'cfd_{A40}', 'nf_{A40}', 'cflt{b60}',  'eyJhIjoi{b180}', 'prod:happy-otter-{d3}|[[{b80}=]]', 'tskey-api-{A12}CNTRL-{A32}', 'tskey-client-{A12}CNTRL-{A32}',
  'ops_eyJzaWduSW5BZGRyZXNz{w250}', 'AGE-SECRET-KEY-PQ-1{U90}', 'nkp_{A40}', 'SUA{U55}', 'SAA{U55}', 'SOA{U55}',
  // Code hosts, registries, builds
  'BBDC-{b44}', 'glimt-{w25}', 'glffct-{w20}', 'gloas-{x64}', 'glrtr-{w20}', 'packagist_ort_{x64}', 'packagist_uut_{x64}', 'jsrp_{A48}', 'ovsxat_{x8}-{x4}-{x4}-{x4}-{x12}', 'chpt_{x15}', 'pat.{w22}.{x24}.{A20}', 'API-{U32}',
  '{x24}.{x32}', 'v2.{a20}', 'depot_project_{x64}', 'depot_org_{x64}', 'bkat_{A40}', 'CCIPAT_{A22}_{x40}', 'eyJ0eXAiOiAiVENWMiJ9.{w36}.{w48}', 'sgp_local_{x40}', 'PMAT-{U26}', 'figo_{w43}', 'lin_wh_{A40}', 'pat-eu1-{x8}-{x4}-{x4}-{x4}-{x12}', 'sntrys_eyJpYXQiOjE3{b100}=_{b43}',
  'npm_{A36}', 'pypi-AgEIcHlwaS5vcmcCJ{w140}', 'rubygems_{x48}', 'oy2{a43}', 'dckr_pat_{w27}', 'dckr_oat_{w32}', 'cio{A32}', 'ATCTT3xFfGN0{w170}={X8}', 'ATBBT{A31}', 'ghp_{A36}', 'github_pat_11{U20}_{A59}', 'nxp_{A40}', 'codecov_{A40}',
  // Payment
  'sk_live_{x40}', 'sk_test_51{A97}', 'rk_live_51{A97}', 'whsec_{x64}', 'polar_oat_{w43}', 'polar_pat_{w43}', 'sk_sbox_{a26}=', 'cfsk_ma_prod_{x32}_{x8}', 'Mid-server-{w24}', 'APP_USR-{d16}-{d6}-{x32}-{d9}', 'TEST-{d16}-{d6}-{x32}-{d9}', 'pdl_sdbx_apikey_01{a24}_{A22}_{A3}',
  'rzp_live_{A14}', 'EAAAl{w59}', 'sq0csp-{w43}', 'FLWSECK_TEST-{x32}-X', 'shpat_{x32}', 'shpca_{x32}', 'shptka_{x32}', 'shpua_{x32}', 'live_{w40}', 'sandbox_{A8}_{A16}', 'access_token$sandbox${a16}${x32}',
  // Chat, mail, telephony, social
  'syt_{b16}_{A20}_{A6}', 'mct_{A50}', 'xoxe-1-{w146}', 'xwfp-{d12}-{d13}-{x40}', 'xoxb-{d12}-{d12}-{A24}', 'MTA{A23}.G{A5}.{w38}', '{d9}:AAE{w32}', 'https://hooks.slack.com/triggers/[[T{U8}/{d13}/{x32}]]', 'https://hooks.slack.com/workflows/[[T{U8}/A{U8}/{d18}/{A24}]]', 'https://canary.discord.com/api/webhooks/{d18}/[[{w68}]]',
  'https://defaultx.12.environment.api.powerplatform.com/workflows/{x32}/triggers/manual/paths/invoke?api-version=1&sp=%2Ft&sv=1.0&sig=[[{w43}]]', 'SG.{w22}.{w43}', 'xsmtpsib-{x64}-{A16}', 're_{A8}_{A24}', '{x32}-{x8}-{x8}', 'mlsn.{x64}', 'md-{w22}', 'AC{x32}:[[{x32}]]',
  'tk_{a29}', 'EAAJ{A150}', 'EAAN{A170}', 'IGAA{w140}', 'AAAAAAAAAAAAAAAAAAAAAP{b50}%3D{b50}', 'act.{A40}!{d4}.va', 'pina_{U88}', 'PMAK-{x24}-{x34}', 'whsec_{b32}',
  // Monitoring and analytics
  'xaat-{x8}-{x4}-{x4}-{x4}-{x12}', 'xapt-{x8}-{x4}-{x4}-{x4}-{x12}', 'cu_{x32}', 'cxtp_{A30}', 'u+{w18}', 'dt0s16.{U8}.{U64}', 'NRAK-{U27}', 'NRII-{w32}', 'glsa_{A32}_{x8}', 'hcaik_01{a26}{a32}', 'hcalk_01{a26}{a32}', 'ddapp_{A34}', 'sntryu_{x64}', 'phs_{A43}', 'u{d7}-{x24}', 'api-{x8}-{x4}-{x4}-{x4}-{x12}', 'lgtl_{A40}',
  'https://endpoint4.collection.sumologic.com/receiver/v1/http/[[{b86}==]]', 'https://logs-01.loggly.com/inputs/[[{x8}-{x4}-{x4}-{x4}-{x12}]]/tag/http/', 'https://in.logs.betterstack.com?source_token=[[{A24}]]', 'https://[[{x32}]]@errors.acme.io/4', 'https://api.honeybadger.io/v1/check_in/[[{A6}]]'.replace('https://api.honeybadger.io/v1/check_in/[[{A6}]]', 'https://uptime.betterstack.com/api/v1/heartbeat/[[{A24}]]'),
  'https://discord.com/api/v10/webhooks/{d19}/[[{w68}]]', 'https://api.day.app/push?device_key=[[{A22}]]', 'https://sctapi.ftqq.com/[[SCT{d6}T{A26}]].send', 'https://hooks.airtable.com/workflows/v1/genericWebhook/[[app{A14}/wfl{A14}/wtr{A14}]]', 'https://webhook.site/[[{x8}-{x4}-{x4}-{x4}-{x12}]]', 'https://eo{a10}.m.pipedream.net/?token=[[{A32}]]',
  'https://speech.googleapis.com/v1/x?key=[[AIzaSyC{w32}]]', 'https://acme.azurewebsites.net/api/run?code=[[{w43}AzFu{w8}==]]', 'https://acme.blob.core.windows.net/c/b?sv=2024-11-04&se=2026-05-01T00%3A00%3A00Z&sr=b&sp=r&sig=[[{b40}%2B{b2}%3D]]',
  // Keys in themselves
  '$2y$10${b53}', '$argon2i$v=19$m=4096,t=3,p=1${b22}${b43}', '$5$rounds=5000${A16}${b43}', '$y$j9T${A22}${b43}', '{SSHA512}{b118}==', '$pbkdf2-sha512$25000${b22}${b86}', 'md5{x32}'.replace('md5{x32}', "'md5{x32}'"), '$P$B{A30}', '$H$9{A30}', '$S$D{A51}', 'grub.pbkdf2.sha512.10000.{X128}.{X128}',
  '$krb5tgs$23$*svc$ACME.IO$http/web*${x32}${x200}', 'xprv9s21ZrQH143K{A90}', 'zprvAWgYBBk7JR8G{A95}',   'nsec1{a58}', 'edsk{A50}', 'S{U55}'.replace('S{U55}', 'SEED=S{U55}'),
]; // prettier-ignore
