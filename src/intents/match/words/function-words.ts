/** English words that carry no topic. Negations and directions are missing on purpose: they tell entries apart. */
export const functionWords: ReadonlySet<string> = new Set(
  `a about above after again all also am an and any anybody anyone are as at be because been before being between both but by came can
  come could did do does doing done during each either else every for from get gets getting give given go goes going gonna got had has have
  having he hello help her here hey hi him his how i if in into is it its itself just kind know let like lot made make makes making many
  may maybe me might mine more most much must my need needs new now of on once one only or other our ours out over own please pls
  plz really right same say says see seem seems she should simply since so some somebody someone something still such sure take than
  thanks that the their them then there these they thing things think this those through thx till to too try trying u under until up us use
  used uses using very via want wants was way we well were what when where whether which while who whole whom whose why will wish with
  within would yes you your yours im ive id dont doesnt cant wont isnt arent didnt s t re ve ll d m guys team folks somehow anyway actually
  currently today yesterday tomorrow week morning evening already even however though although per etc eg ie vs question problem issue ask anything everything
  ipaddr`
    .split(/\s+/)
    .filter(Boolean),
);
