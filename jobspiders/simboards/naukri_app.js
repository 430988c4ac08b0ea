// The script of Naukri's replica: asks the API with a token of its own making and draws what it is told. A location
// popup lies over a list until it is closed, and then a registration drawer; nothing is asked, or drawn, before that.
(async () => {
  const root = document.getElementById("root");
  const text = value => String(value ?? "").replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`);
  const named = (place, type) => place.find(part => part.type === type)?.label;

  const ask = async (path, appid) => {
    const headers = {appid, systemid: "Naukri", nkparam: btoa(`${location.pathname}|${Date.now()}`)};
    const answer = await fetch(path, {headers});
    return answer.ok ? answer.json() : null;
  };

  const closed = (name, markup) => new Promise(done => {
    const popup = document.createElement("div");
    popup.className = name;
    popup.style = "position:fixed;inset:0;z-index:9;background:#0008";
    popup.innerHTML = markup;
    popup.querySelector(".close").onclick = () => { popup.remove(); done(); };
    document.body.append(popup);
  });

  const card = job => `<div class="srp-jobtuple-wrapper" data-job-id="${job.jobId}"><div class="cust-job-tuple">
    <h2><a class="title " title="${text(job.title)}" href="https://www.naukri.com${job.jdURL}">${text(job.title)}</a></h2>
    <span class="imagewrap "><img class="logoImage" src="${job.logoPath}"></span>
    <a class=" comp-name mw-25" title="${text(job.companyName)}"
      href="https://www.naukri.com/${job.staticUrl}">${text(job.companyName)}</a>
    ${job.ambitionBoxData.Url ? `<a class="rating" href="${job.ambitionBoxData.Url}"><span class="main-2"
      >${job.ambitionBoxData.AggregateRating}</span></a><a class=" review ver-line"
      >${job.ambitionBoxData.ReviewsCount}  Reviews</a>` : ""}
    <span class="exp-wrap"><span title="${job.experienceText} " class="expwdth">${job.experienceText}</span></span>
    ${job.salaryDetail.hideSalary ? "" : `<span class="sal-wrap ver-line"><span title="${named(job.placeholders, "salary")} "
      class="">${named(job.placeholders, "salary")}</span></span>`}
    <span class="loc-wrap ver-line"><span title="${text(named(job.placeholders, "location"))} "
      class="locWdth">${text(named(job.placeholders, "location"))}</span></span>
    <span class="job-desc">${text(job.jobDescription.slice(0, 80))}...</span>
    <ul class="tags-gt ">${job.tagsAndSkills.split(",").map(tag => `<li class="dot-gt tag-li ">${text(tag)}</li>`).join("")}</ul>
    <span class="job-post-day ">${job.footerPlaceholderLabel}</span></div></div>`;

  const list = async () => {
    const [, base, number] = location.pathname.match(/^(.*?)(?:-(\d+))?$/);
    const page = Number(number || 1), asked = new URLSearchParams(location.search);
    await closed("location-popup", `<div>Jobs near you? <span class="crossIcon close">x</span></div>`);
    asked.set("noOfResults", 20);
    asked.set("pageNo", page);
    asked.set("seoKey", location.pathname.slice(1));
    const found = await ask(`/jobapi/v3/search?${asked}`, "109");
    if (!found) return;
    await closed("naukri-drawer right", `<div class="drawer-wrapper"><a class="close">x</a><h3>Register</h3></div>`);
    const more = page * 20 < found.noOfJobs ? ` href="${base}-${page + 1}"` : " disabled";
    root.innerHTML = `<span class="styles_count-string__DlPaZ">${page * 20 - 19} - ${page * 20} of ${found.noOfJobs}</span>
      <div id="listContainer">${found.jobDetails.map(card).join("")}</div>
      <div id="lastCompMark"><a class="styles_btn-secondary__2AsIP styles_previous__PobAs">Previous</a>
      <a${more} class="styles_btn-secondary__2AsIP"><span>Next</span></a></div>`;
  };

  const detail = (label, value) => value
    ? `<div class="styles_details__Y424J"><label>${label}: </label><span><span>${text(value)}</span></span></div>` : "";
  const skill = (one, icon) => `<a class="styles_chip__7YCfG">${icon}<span>${text(one.label)}</span></a>`;
  const paid = told => told.hideSalary ? "Not Disclosed" : `${told.label} P.A.`;

  const job = async id => {
    const told = await ask(`/jobapi/v4/job/${id}?microsite=y`, "121");
    if (!told) return;
    const job = told.jobDetails, company = job.companyDetail, tell = told.ambitionBoxDetails.companyInfo;
    document.head.insertAdjacentHTML("beforeend", `<link rel="canonical" href="${job.staticUrl}">`);
    root.innerHTML = `<section id="job_header"><header><h1 class="styles_jd-header-title__rZwM1">${text(job.title)}</h1></header>
      <div class="styles_jd-header-comp-name__MvqAI"><a href="https://www.naukri.com/x-jobs-careers-${job.companyId}?src=jd"
      >${text(company.name)}</a><span class="styles_amb-rating__4UyFL">${tell.AggregateRating ?? ""}</span></div>
      <img class="styles_jhc__comp-banner__ynBvr" src="${job.banner}">
      <div class="styles_jhc__exp__k_giM"><span>${job.minimumExperience} - ${job.maximumExperience} years</span></div>
      <div class="styles_jhc__salary__jdfEC"><span>${paid(job.salaryDetail)}</span></div>
      ${job.wfhLabel ? `<div class="styles_jhc__wfhmode__iQwF4"><span>${job.wfhLabel}</span></div>` : ""}
      <span class="styles_jhc__location__W_pVs">${job.locations.map(at => `<a href="${at.url}">${text(at.label)}</a>`).join(", ")}</span>
      ${job.vacancy ? `<span class="styles_jhc__stat__PgY67"><label>Openings: </label><span>${job.vacancy}</span></span>` : ""}
      </section><div class="styles_JDC__dang-inner-html__h0K4t">${job.description}</div>
      ${detail("Role", job.jobRole)}${detail("Industry Type", job.industry)}${detail("Department", job.functionalArea)}
      ${detail("Employment Type", job.employmentType)}${detail("Role Category", job.roleCategory)}
      ${detail("UG", job.education.ug.join(", "))}${detail("PG", job.education.pg.join(", "))}
      <div class="styles_key-skill__GIPn_">${job.keySkills.preferred.map(one => skill(one, '<i class="ni-icon-jd-save"></i>')).join("")}
      ${job.keySkills.other.map(one => skill(one, "")).join("")}</div>
      <div class="styles_comp-info-detail__4xVBr"><label>Link:</label><span><a href="${company.websiteUrl}">Website</a></span></div>`;
  };

  const id = location.pathname.match(/-(\d{12})$/);
  await (id ? job(id[1]) : list());
})();
