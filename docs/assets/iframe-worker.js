/* A page that was opened from a disk may not start a worker, so the site's search, which is one, would
   find nothing there. Here it runs in a frame of its own, which looks like a worker to the page. */
if (location.protocol === "file:") {
  window.Worker = window.IFrameWorker = class extends EventTarget {
    constructor(url) {
      super()
      const frame = document.createElement("iframe")
      frame.hidden = true
      document.body.append(frame)
      this.inside = frame.contentWindow
      this.inside.postMessage = data => this.dispatchEvent(new MessageEvent("message", { data }))
      const script = frame.contentDocument.createElement("script")
      this.isReady = new Promise(resolve => script.addEventListener("load", resolve))
      script.src = new URL(url, location)
      frame.contentDocument.body.append(script)
    }

    postMessage(data) {
      this.isReady.then(() => this.inside.dispatchEvent(new MessageEvent("message", { data })))
    }
  }
}
