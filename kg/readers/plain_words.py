"""Words of titles and abstracts that are hardly ever part of a person's name, in lower case.

Counted over arXiv metadata (CC0 1.0, 75,000 titles and bylines of 2025): every word here is at least eight
times as frequent in titles and abstracts as in bylines; the 4,000 most frequent of them.
"""

from __future__ import annotations

__all__ = ["PLAIN_WORDS"]

_TEXT = """
abilities ability ablation able about above absence absolute abstention abstract abstraction abstracts
academic accelerate accelerated accelerates accelerating acceleration accelerator accelerators acceptance
access accessibility accessible accident according account accumulation accuracy accurate accurately
achieve achieved achieves achieving acoustic acquire acquired acquisition across act acting action
actionable actions activation activations active actively activities activity actor acts actual actually
ad adapt adaptability adaptation adapted adapter adapters adapting adaptive adaptively adapts add adding
addition additional additive address addressed addresses addressing adherence adjacent adjust adjustment
adjusts adopt adopted adoption adopts advance advanced advancement advancements advances advancing
advantage advantages adversarial adverse aerial aesthetic affect affective affects affine affordance
african after against age agency agent agentic agents aggregate aggregated aggregates aggregating
aggregation agi agnostic agreement agricultural agriculture ai aid aided aim aiming aims air algebraic
algorithm algorithmic algorithms align aligned aligning alignment aligns all alleviate allocation allow
allowing allows almost alone along alongside alpha already also alternating alternative alternatives
altitude always alzheimer ambiguity ambiguous among amount an analog analyses analysis analytical
analytics analyze analyzing anatomical anatomically anatomy anchor anchored anchoring anchors and
angiography angle angular animal animatable animation anisotropic annotated annotation annotations
annotator annotators anomalies anomaly anonymization another answer answering answers antenna anti
anticipation any anything appear appearance applicability applicable application applications applied
applies apply applying approach approaches appropriate approximate approximately approximation ar arabic
arbitrary arc architectural architecture architectures are area areas arena argue argument argumentation
arguments arise arises arithmetic arm around array art article articles articulated artifact artifacts
artificial artistic as ask aspect aspects asr assembly assess assessed assessing assessment assessments
asset assets assignment assist assistance assistant assistants assisted associated association
associations assume assumption assumptions assurance asymmetric asymmetry asynchronous at atlas atomic
attack attacks attains attempt attention attentive attribute attributed attributes attribution auctions
audio audit auditable auditing augment augmentation augmentations augmented augmenting authentic author
authors authorship auto autoencoder autoencoders automate automated automatic automatically automating
automation automotive autonomous autonomously autonomy autoregressive auxiliary availability available
avatar avatars average averaging avoid avoiding aware awareness axis back backbone backbones backdoor
background backgrounds backward bad balance balanced balancing band bandwidth bangla bank barrier barriers
base based baseline baselines bases basic basis batch battery bayesian be beam beamforming because become
becomes been before behavior behavioral behaviors behaviour behind being belief beliefs below bench
benchmark benchmarking benchmarks beneficial benefit benefits bengali benign bert best better between bev
beyond bias biased biases bidirectional big bilateral bilingual billion binary binding bio biological
biomedical biometric bird bit blending blind block blocks blood blur board body bone boost boosting boosts
bootstrapping both bottleneck bottlenecks bound boundaries boundary bounded bounding bounds box boxes
brain branch branches break breaking breast bridge bridges bridging bringing brittle broad broader broadly
budget budgets build building builds built burden business but by cache caching cad calibrated calibrating
calibration call called calling calls camera cameras camouflaged can cancer candidate candidates cannot
canonical capabilities capability capable capacity caption captioning captions capture captured captures
capturing carbon cardiac care carefully cascade cascaded case cases catastrophic categorical categories
categorization category causal causality causally cause caused causes causing ceiling cell cells cellular
center centered centers central centric certain chain chains challenge challenges challenging change
changes changing channel channels character characteristic characteristics characterization characterize
characterized characterizing characters chart charts chat chatbot chatbots chatgpt check checking checks
chemical chest child children chinese chip choice choices chunk chunking cinematic circuit circuits
citation cities city claim claims clarification clarity class classes classical classification classifier
classifiers classify classifying clean clear client climate clinical clinically clinician clip clips close
closed closely closer closing cloud clouds cluster clustering clusters cnn cnns co coarse code codebook
coded codes coding cognition cognitive coherence coherent cohort cold collaboration collaborative collapse
collect collected collection collections collective collision color com combination combinations
combinatorial combine combined combines combining come comments commerce commercial common commonly
commonsense communication communications communities community compact comparable comparative compare
compared comparing comparison comparisons compatibility compatible compensation competence competing
competition competitive complementary complete completeness completion complex complexity compliance
compliant component components composable composed composite composition compositional compound
comprehension comprehensive comprehensively compress compressed compressing compression comprises
comprising compromising computation computational computationally computations compute computed computer
computing concept concepts conceptual concern concerns concise conclusion conclusions concrete condition
conditional conditioned conditioning conditions conduct conducted confidence confident configuration
configurations confirm confirming confirms conflict conflicting conflicts conformal confusion connected
connection connections connectivity conquer consensus consequences consider considerable considered
considering consistency consistent consistently consisting consists consolidation constrained constraint
constraints construct constructed constructing construction constructions constructs consumer consuming
consumption contact contain containing contains contamination contemporary content context contexts
contextual contextualized contextually continual continue continued continuity continuous continuously
contour contract contracts contrast contrastive contribute contributes contribution contributions control
controllability controllable controlled controller controlling controls conventional convergence
conversation conversational conversations conversion converts convex convolution convolutional
convolutions cooperation cooperative coordinate coordinated coordinates coordination copyright core
coreference coronary corpora corpus correct correcting correction correctly correctness correlated
correlation correlations correspondence correspondences corresponding corruption cosine cost costly costs
cot could counseling count counterfactual counterfactuals counterparts counting counts coupled coupling
course covariance cover coverage covering covers crack crafted create created creates creating creation
creative creativity credit criteria criterion critic critical critically critique crop cross crowd crucial
ct cue cues cultural culturally culture cumulative curate curated curation current currently curriculum
curvature curve curves custom customer customization customized cutting cycle cyclic daily damage dance
dark data database databases dataflow dataset datasets date debate debates debiasing deblurring decay
decentralized deception deceptive decide decision decisions decode decoder decoders decoding decompose
decomposed decomposes decomposing decomposition decouple decoupled decouples decoupling dedicated deep
deeper deepfake deepseek defect defects defense defenses define defined defining definition definitions
deformable deformation deformations degradation degradations degrade degraded degrades degree dehazing
delay deletion deliberation deliver delivering delivers delivery delta demand demands demographic
demonstrate demonstrated demonstrates demonstrating demonstration demonstrations denoising dense
densification density dental depend dependence dependencies dependency dependent depends deployable
deployed deploying deployment deployments depression depth derive derived descent describe description
descriptions descriptive descriptor descriptors design designed designing designs desired despite detail
detailed details detect detected detecting detection detector detectors determine determines determining
deterministic detr develop developed developing development deviation deviations device devices dgs
diabetic diagnosing diagnosis diagnostic diagnostics diagram diagrams dialect dialects dialogue dialogues
dictionary did diff differ difference differences different differentiable differential differentially
difficult difficulty diffusion digital dilemma dimension dimensional dimensionality dimensions dinov
direct directed direction directional directions directly disagreement disambiguation disaster discourse
discover discovering discovery discrepancies discrepancy discrete discrimination discriminative discuss
disease diseases disentangled disentanglement disentangling disorder disorders disparities display
dissecting distance distances distill distillation distilled distilling distinct distinguish
distinguishing distortion distortions distractor distributed distribution distributional distributions
divergence diverse diversity divide dnn document documentation documents does dof domain domains dominance
dominant don dose double down downstream dpo draft drawing drawn drift drive driven driver drives driving
drone drop dropout drops drug dual due duplex duration during dynamic dynamical dynamically dynamics each
earlier early earth easily easy ecg echocardiography ecological economic ecosystem edge edges edit
editable edited editing edits education educational eeg effect effective effectively effectiveness effects
efficacy efficiency efficient efficiently effort efforts ego egocentric ehr eight either elastic
electronic element elements elicitation eliciting eliminate eliminates eliminating em embedded embedding
embeddings embodied emerge emerged emergence emergency emergent emerges emerging emotion emotional
emotions empathetic empathy emph emphasize empirical empirically employ employed employing employs
empowered empowering enable enabled enables enabling encode encoded encoder encoders encodes encoding
encodings encompassing encourage encourages end ended endoscopic endoscopy energy enforce enforces
enforcing engagement engine engineering engines english enhance enhanced enhancement enhances enhancing
enough enriched ensemble ensembles ensure ensures ensuring entanglement enterprise entire entirely
entities entity entropy environment environmental environments episodic epistemic equal equally equation
equations equilibria equilibrium equipped equitable equivalence equivalent equivariant era erasure error
errors especially essay essential establish established establishes establishing estimate estimated
estimates estimating estimation estimator et etc ethical eval evaluate evaluated evaluates evaluating
evaluation evaluations evaluator evaluators even event events every everyday evidence evidential evolution
evolutionary evolve evolved evolving exact exam examination examine examines examining example examples
exams exceeding excel exceptional excessive exchange exclusively executable execute execution exemplar
exhibit exhibiting exhibits exist existence existing exit expand expanding expansion expected expensive
experience experiences experiment experimental experiments expert expertise experts explain explainability
explainable explaining explanation explanations explicit explicitly exploit exploitation exploiting
exploits exploration exploratory explore explored explores exploring exponential expose exposes exposing
exposure expression expressions expressive extend extended extending extends extensible extension
extensive extent external extra extract extracted extracting extraction extracts extrapolation extreme
extremely eye eyes face faces facial facilitate facilitates facilitating facing fact factor factorization
factors facts factual factuality fail failing fails failure failures fair fairness faithful faithfully
faithfulness fake fall false families family far fashion fast faster fault feasibility feasible feature
features featuring federated feed feedback feedforward fetal few fewer fidelity field fields figure fill
filter filtering filters final finance financial find finding findings fine finetuning fingerprint
fingerprints finite fire first fit fitting five fixed flash flat flexibility flexible flight floating
floor flow flows fluency fluid fly fmri focal focus focused focuses focusing fold follow followed
following follows food footprint for force forcing forecasting foreground forensic forensics forest
forgery forget forgetting form formal formalization formalize format formation formats former forms
formulate formulation forward found foundation foundational foundations four fourier fpga fraction
fracture fragile fragility fragmented frame frames framework frameworks framing free frequency frequent
frequently friendly from front frontier frontiers frozen full fully function functional functions
fundamental fundamentally fundus further fuse fused fuses fusing fusion future fuzzy gain gained gains
gait game games gaming gap gaps garment gate gated gating gaussian gaussians gaze gender general
generalist generalizability generalizable generalization generalize generalized generalizes generalizing
generally generate generated generates generating generation generations generative generator generators
generic genetic genuine geo geographic geometric geometrically geometries geometry geospatial gesture
gestures get github given global globally goal goals gold good governance governed gpt gpu grade gradient
gradients grading grained gram grammar grammatical granular granularity graph graphical graphics graphs
grasp great greater greatly grid grids ground grounded grounding group grouped grouping groups growing
growth grpo gs guarantee guarantees guard guardrails guidance guide guided guideline guidelines guides
guiding hacking hair half hallucinate hallucination hallucinations hand handle handling handwritten hard
harder hardware harm harmful harmonization harmonizing harness harnessing has hate have hd head heads
health healthcare healthy heart heavily heavy height help helps here heritage heterogeneity heterogeneous
heuristic heuristics hidden hierarchical hierarchies hierarchy high higher highest highlight highlighting
highlights highly hinder hindered hindering hinders histology histopathology historical history hoc holds
holistic home homogeneous hop horizon hospital hours how however href https huggingface human humans humor
hybrid hyper hyperbolic hypergraph hyperparameter hyperspectral hypotheses hypothesis id idea ideal ideas
identical identification identified identifies identify identifying identities identity if ignore ii ill
illumination illusion image imagery images imagination imaging imbalance imbalanced imitation immersive
impact impacts imperfect implement implementation implementations implemented implementing implications
implicit implicitly importance important impractical impressive improve improved improvement improvements
improves improving in inaccurate incentivizing include includes including inclusive incomplete
inconsistencies inconsistency inconsistent incorporate incorporates incorporating incorrect increase
increased increases increasing increasingly incremental independent independently index indexing indian
indicate indicating indicators individual individuals indoor induce induced induces inducing induction
inductive industrial industry inefficient inertial infer inference inferring infinite influence
information informative informed infrared infrastructure inherent inherently initial initialization
injecting injection innovation innovations innovative inpainting input inputs insertion inside insight
insights inspection inspired instability instance instances instead institutional instruct instruction
instructional instructions instrument insufficient integer integrate integrated integrates integrating
integration integrity intelligence intelligent intended intensity intensive intent intention inter
interact interacting interaction interactions interactive interest interface interfaces interference
interleaved intermediate internal internet interplay interpolation interpret interpretability
interpretable interpretation interpreting intersection interval intervention interventions into intra
intricate intrinsic introduce introduced introduces introducing introduction intuitive invariance
invariant invasive inverse inversion investigate investigates investigating investigation invisible
involve involves involving io iot irregular irrelevant is isac isolated isolation issue issues it item
items iteration iterations iterative iteratively its itself jailbreak jailbreaking japanese jepa job joint
jointly judge judges judging judgment judgments just keep keeping kernel kernels key keyframe keypoint
keypoints keyword keywords kg kinematic know knowledge known kolmogorov korean kv lab label labeled
labeling labels labor laboratory lack lacking lacks land landmark landscape language languages large
largely larger largest laser last late latency latent latents later latter laws layer layered layers
layout layouts lead leaderboard leading leads leaf leakage lean learn learnable learned learner learners
learning learns least leaving led left legal length lengths lens lesion lesions less lessons let level
levels leverage leverages leveraging lexical lexicon library license lidar lies life lifecycle lifelong
lifting light lighting lightweight like likelihood likely limit limitation limitations limited limiting
limits line linear lines lingual linguistic linguistically link linked linking links lip list literary
literature little live liver llama llm llms lm load local locality localization localize localized
localizing locally location locations log logic logical logit logits logs longer longitudinal look looking
loop loops lora loss losses lossless lost low lower lstm lvlm lvlms machine machines macro made magnetic
magnitude main mainly mainstream maintain maintaining maintains maintenance major majority make makes
making malicious mamba management manifold manipulation manner manual manually manufacturing many map
mapping maps margin marginal maritime marker markers market markets markov mask masked masking masks mass
massive match matched matches matching material materials math mathbb mathematical mathematics matrices
matrix matter matters maximization maximize maximizing maximum may me mean meaning meaningful means
measurable measure measured measurement measurements measures measuring mechanical mechanics mechanism
mechanisms mechanistic med media mediated medical medicine medium meet meets membership memories
memorization memory mental merely merge merging mesh meshes message meta metacognitive metadata method
methodological methodologies methodology methods metric metrics micro microscopy mid middle might million
mimo mind mini minimal minimization minimize minimizing minimum mining mirage mirror misaligned
misalignment misinformation misleading mismatch missing mitigate mitigates mitigating mitigation mix mixed
mixing mixture ml mllm mllms mm mobile mobility modal modalities modality mode model modeling modelling
models moderation modern modes modification modifications modified modifying modular modulated modulation
module modules moe molecular moment moments momentum monitoring monocular monolingual monolithic monte
moral more morphing morphological morphology most motion motions motivated motivation move movement
movements movie moving mr mri ms mt much multi multidimensional multilingual multimodal multiple
multiplication multiscale multispectral multitask multivariate multiview music must mutual naive name
named namely names narrative narratives narrow native natural naturally nature navigate navigating
navigation near nearest nearly necessary necessity need needed needs negation negative neglecting
negligible negotiation neighbor neighborhood nerf nested net network networks neural neuro neuromorphic
neuron neurons neuroscience neurosymbolic neutral never new newly news next nighttime nine nlp no node
nodes noise noisy non nonlinear norm normal normalization normalized normative norms not notable note
notes novel novelty now ntire nuanced number numbers numerical numerous object objective objectives
objects observability observable observation observations observe observed obtain obtained occluded
occlusion occlusions occupancy occur ocr oct odometry of off offer offering offers offline offs often omni
omnidirectional on once one ones online only onto ontology ood open operate operates operating operation
operational operations operator operators opinion opportunities optical optimal optimality optimisation
optimization optimize optimized optimizes optimizing or oracle oral orchestrated orchestration order
ordered ordering orders ordinal organ organization organized orientation oriented original orthogonal
other others our out outcome outcomes outdoor outlier outliers outline outperform outperforming
outperforms output outputs over overall overcome overcoming overfitting overhead overlap overlapping
overlook overlooked overlooking oversight overthinking overview own packing page pair paired pairs
pairwise panel panoptic panoramic paper papers paradigm paradigms paradox parallel parallelism parameter
parameterization parameterized parameters parametric pareto parsing part partial partially participants
particle particular particularly partition partitioning parts party pass passive past patch patches patent
path pathological pathology paths pathway pathways patient patients pattern patterns paving peak
pedagogical pedestrian penalty people per perceive perceived percent percentage perception perceptual
perfect perform performance performed performing performs periodic permutation perplexity persian
persistence persistent person persona personal personality personalization personalized personas
perspective perspectives persuasion perturbation perturbations pet phase phases phenomena phenomenon
phonetic photo photometric photorealistic physical physically physics physiological pilot pipeline
pipelines pivotal pixel pixels place placement plan planar plane planner planning plans plant plasticity
plate platform platforms plausibility plausible play player players playing plays plug pluralistic plus
poetry point points poisoning polar polarization policies policy political polynomial polyp pool pooling
poor poorly popular population populations portrait portuguese pose posed poses posing position positional
positioning positions positive possible post posterior potential potentially power powered powerful pp
practical practice practices practitioners pragmatic pre precise precisely precision predefined predict
predicted predicting prediction predictions predictive predictor predictors predicts predominantly preface
preference preferences prefill prefix preliminary preprocessing presence present presentation presented
presents preservation preserve preserved preserves preserving pressure pretrained pretraining prevent
preventing prevents previous previously pricing primarily primary primitive primitives principal principle
principled principles prior prioritize priors prism privacy private privileged pro proactive probabilistic
probabilities probability probe probes probing problem problems procedural procedure procedures process
processed processes processing produce produced produces producing product production products
professional proficiency profile profiles profiling program programming programs progress progression
progressive progressively prohibitive project projected projection projections projects promise promising
promote promoting prompt prompted prompting prompts prone pronounced proof propagation properties property
proposal proposals propose proposed proposes proposing proprietary prostate protection protein protocol
protocols prototype prototypes prove proven provenance provide provided provides providing proving proxies
proximity proxy pruning pseudo psychological public publicly published pure purely purpose pushing puzzle
puzzles pyramid python qa quadratic qualitative quality quantification quantify quantifying quantitative
quantity quantization quantized quantum quasi queries query querying question questions qwen radar
radiance radio radiology rag raises raising random randomized range ranging rank ranked ranking rankings
rapid rapidly rare rarely rate rates rather rating ratings ratio rational rationale rationales ratios raw
rays re reach reaches reaching reaction reactive read reading ready real realism realistic reality really
reason reasoner reasoners reasoning reasons recall recent recently receptive recipe recognition recognize
recognizing recommendation recommendations reconfigurable reconstruct reconstructed reconstructing
reconstruction reconstructions reconstructs record recordings records recover recovering recovers recovery
rectification rectified recurrence recurrent recursive red redefining reduce reduced reduces reducing
reduction redundancy redundant reference references referential referring refine refined refinement
refines refining reflect reflecting reflection reflections reflective reflects refusal regarding
regardless regime regimes region regional regions register registration regression regressive regret
regular regularization regularized regulation regulatory reinforced reinforcement reinforcing rejection
related relation relational relations relationship relationships relative relatively release released
relevance relevant reliability reliable reliably reliance relies relighting rely relying remain remaining
remains remarkable remember remote removal remove removing render rendered rendering repair repeated
repetition replace replacement replaces replacing replay replication report reported reporting reports
repository represent representation representational representations representative represented
representing represents reproduce reproducibility reproducible repurposing requests require required
requirement requirements requires requiring reranking research researchers residual resilience resilient
resistance resistant resolution resolutions resolve resolving resonance resource resources respect
respectively response responses responsible restoration restore restricted result resulting results retain
retaining retains retention rethinking retinal retinopathy retraining retrieval retrieve retrieved
retriever retrieves retrieving reusable reuse reveal revealed revealing reveals reverse review reviews
revision revisit revisiting reward rewarding rewards reweighting rewriting rgb rich richer right rigid
rigorous rigorously risc rise risk risks rl rlvr road robot robotic robotics robots robust robustly
robustness role roles rollout rollouts room root rotation round route router routine routing rtl rubric
rubrics rule rules running runs runtime sacrificing safe safer safety sage saliency salient same sample
sampled samples sampling sar sarcasm satellite satisfaction saturation say scaffolding scalability
scalable scalar scale scaled scales scaling scan scanning scans scarce scarcity scattering scenario
scenarios scene scenes scheduling schema scheme schemes science scientific scientists scope score scores
scoring scratch screen screening script scripts sea seamless seamlessly search searching second seconds
secure security seed seeing seeking seen seg segment segmentation segments select selected selecting
selection selective selectively selects self semantic semantically semantics semeval semi sense sensing
sensitive sensitivity sensor sensors sentence sentences sentiment sentinel separable separate separately
separates separating separation sequence sequences sequential series serve serves service services serving
session set sets setting settings setup seven several severe severely severity sft shadow shallow shape
shaped shapes shaping share shared sharing shelf shift shifting shifts short shortcut shortcuts shot
should show showed showing shown shows side sight sign signal signals signature signatures signed
significance significant significantly similar similarity simple simpler simplification simplified simply
simulate simulated simulating simulation simulations simulator simulators simultaneous simultaneously
since single site six size sizes skeletal skeleton sketch sketches skill skills skin skip slam slice slide
sliding slot slow small smaller smart smooth smoothing soccer social socially soft software solar solely
solid solution solutions solve solver solvers solving some sophisticated sound source sourced sources
space spaces span spanish spanning spans sparse sparsity spatial spatially spatio spatiotemporal speak
speaker speakers speaking special specialist specialization specialized species specific specifically
specification specifications specificity specified spectral spectrum speculative speech speed speedup
spherical spike spiking spine splatting split splitting spoken spontaneous sports spot spotting spread
spurious sql stability stabilizing stable stack stage stages staining stakes stance standard standardized
standards star start state statements states static statistical statistically statistics status steer
steering stem stems step steps stepwise stereo stereotypes still stitching stochastic stop storage stories
story storytelling strategic strategies strategy stratified stream streaming streams street strength
strengths stress strict strictly stroke strong stronger strongest strongly structural structurally
structure structured structures structuring struggle struggles student students studied studies study
studying style styles stylistic stylization stylized sub subject subjective subjects suboptimal subsequent
subsequently subset subsets subspace subspaces substantial substantially subtle success successful
successfully such suffer suffers sufficient suggest suggesting suggests suitable suite suited sum
summaries summarization summary super superior superiority supervised supervision supply support supported
supporting supports suppress suppressing suppression surface surfaces surgery surgical surpass surpasses
surpassing surrogate surrounding surveillance survey survival sustainable swapping swarm swin switch
switching sycophancy symbol symbolic symmetric symmetry synchronization synchronized synergistic synergy
syntactic syntax synthesis synthesize synthesized synthesizes synthesizing synthetic system systematic
systematically systems table tables tabular tackle tackling tactile tagging tail tailed tailored take
takes taking talk talking taming target targeted targeting targets task tasks tax taxonomy teach teacher
teachers teaching teaming teams technical technique techniques technologies technology tell temperature
template templates temporal temporally tend tensor term termed terminology terms test testbed tested
testing tests text textbf textit texts textsc texttt textual texture textures than that the their them
themselves then theorem theoretic theoretical theoretically theories theory therapeutic there thereby
therefore thermal these they thin think thinking third this those though thought thoughts threat threats
three threshold thresholds through throughout throughput thus tier tight time timely times timestep timing
tiny tissue titles to together token tokenization tokenizer tokenizers tokens tomography tone too tool
toolkit tools top topic topics topological topology total toward towards toxic toxicity trace traceable
traces tracing track tracker tracking tracks trade tradeoff trading traditional traffic train trainable
trained training trains trait traits trajectories trajectory transcription transcriptomics transcripts
transfer transferability transferable transferring transfers transform transformation transformations
transformed transformer transformers transforming transforms transient transition transitions translate
translating translation translations transmission transparency transparent transport transportation trap
travel traversal treat treating treatment treats tree trees trend trends triage trial trials trigger
triggers triple triplet true truly trust trustworthiness trustworthy truth try tts tumor tune tuned tuning
turkish turn turning turns tutoring twin twins two type typed types typical typically uav ui ultra
ultrasound unbiased uncertain uncertainty unclear unconstrained uncover uncovering under underexplored
underlying underrepresented underscore underscoring understand understanding understood underwater unet
unexplored unfolding uni unified unifies uniform uniformly unifying unimodal unique unit units universal
unknown unlabeled unlearning unleashing unlocking unpaired unreliable unsafe unseen unstable unstructured
unsupervised unveiling up update updated updates updating upon upper upsampling urban us usability usage
use used useful user users uses using usually utility utilization utilize utilized utilizes utilizing vae
valid validate validated validating validation validity valuable value valued values vanilla variability
variable variables variance variant variants variation variational variations varied varies variety
various vary varying vast vector vectors vehicle vehicles velocity venue verbal verifiable verification
verified verifier verify verifying versatile version versus vertical very vessel via viable video videos
vietnamese view viewpoint viewpoints views violations virtual visibility visible vision visual
visualization visualizations visually vit vital vl vla vlm vlms vocabulary voice volume volumes volumetric
voting voxel vqa vs vulnerabilities vulnerability vulnerable warping was waste water watermark
watermarking wave wavelet way ways we weak weakly weaknesses wearable weather web weight weighted
weighting weights welfare well were what when where whereas whether which while who whole whose why wide
widely widespread width wild wildfire wildlife window windows wireless wise with within without word words
work workflow workflows working workload workloads works world worlds worth would write writing written
wrong xai years yet yield yielding yields yolo yolov your zero
"""

PLAIN_WORDS = frozenset(_TEXT.split())
