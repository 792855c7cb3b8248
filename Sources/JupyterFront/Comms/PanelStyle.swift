// SPDX-License-Identifier: Apache-2.0

/// How a panel looks in a page: its colours are the page's own, so that it fits light and dark ones.
enum PanelStyle {
  /// The class of the outermost box.
  static let boxClass = "easel-panel"

  /// The style sheet, as a piece of HTML that shows nothing.
  static let html = "<style>\(sheet)</style>"

  private static let sheet = """
    .easel-panel{box-sizing:border-box;max-width:960px;padding:10px 14px;overflow:visible;
      border:1px solid var(--jp-border-color2,#bdbdbd);border-radius:6px;
      background:var(--jp-layout-color1,transparent);color:var(--jp-ui-font-color1,inherit);
      font-family:var(--jp-ui-font-family,sans-serif);font-size:var(--jp-ui-font-size1,13px)}
    .easel-panel>.easel-style{display:none}
    .easel-panel .widget-hbox{flex-wrap:wrap;gap:4px 10px;align-items:center;overflow:visible;margin:2px 0;width:100%}
    .easel-panel .widget-button{width:auto;min-width:92px;border-radius:4px}
    .easel-panel .widget-button i{margin-right:6px}
    .easel-panel .widget-toggle-buttons{width:auto;margin-left:auto}
    .easel-panel .widget-toggle-buttons>.widget-label{display:none}
    .easel-panel .widget-toggle-button{width:auto;min-width:64px;padding:0 10px;margin-right:0;border-radius:4px}
    .easel-panel .widget-slider{flex:1 1 300px;width:auto;max-width:460px;overflow:visible}
    .easel-panel .widget-slider .widget-label{width:72px;text-align:left;
      font-family:var(--jp-code-font-family,monospace)}
    .easel-panel .widget-readout{min-width:64px;font-family:var(--jp-code-font-family,monospace)}
    .easel-panel .widget-hprogress{flex:1 1 100%;width:auto;height:18px}
    .easel-panel .widget-hprogress .progress{height:8px;margin:auto 0;border-radius:4px;overflow:hidden}
    .easel-panel .widget-hprogress .widget-label{width:72px;text-align:left}
    .easel-panel .widget-html{flex:1 1 300px;margin:0;overflow:visible}
    .easel-panel .widget-html-content{width:100%;line-height:inherit;white-space:normal}
    .easel-panel .widget-image{flex:0 0 auto;width:auto;height:auto;image-rendering:pixelated;border-radius:3px}
    .easel-panel .easel-figure svg{display:block;width:100%;height:auto;max-width:640px}
    .easel-panel .easel-empty{display:flex;align-items:center;justify-content:center;min-height:56px;
      color:var(--jp-ui-font-color2,#757575);border:1px dashed var(--jp-border-color2,#bdbdbd);border-radius:4px}
    .easel-panel .easel-title{font-weight:600;margin-bottom:2px}
    .easel-panel .easel-nets{display:flex;flex-wrap:wrap;gap:4px 28px}
    .easel-panel .easel-net{flex:1 1 240px}
    .easel-panel .easel-norms{display:grid;grid-template-columns:max-content 1fr 60px;gap:1px 8px;align-items:center;
      font-family:var(--jp-code-font-family,monospace);font-size:.92em}
    .easel-panel .easel-norms>span:nth-child(3n){text-align:right}
    .easel-panel .easel-bar{height:7px;border-radius:4px;overflow:hidden;background:var(--jp-layout-color3,#9993)}
    .easel-panel .easel-bar>div{height:100%;border-radius:4px}
    """
}
